package dev.loadstar.results;

import java.sql.ResultSet;
import java.sql.SQLException;

import dev.loadstar.contract.wire.ExecutorHealth;
import org.jspecify.annotations.Nullable;

/**
 * How one executor was doing in one second.
 *
 * @param cpu share of its limit, 0…1
 * @param lagMicros the longest that a thread slept on after the instant at which it wanted to wake; null where not measured
 * @param receivedBytes by the machine or container that it is in, as {@code sentBytes}; null where the system does not tell
 */
public record GeneratorHealth(
        double cpu,
        long heapBytes,
        long gcMillis,
        @Nullable Long lagMicros,
        @Nullable Long receivedBytes,
        @Nullable Long sentBytes) {

    public static GeneratorHealth of(ExecutorHealth health) {
        return new GeneratorHealth(
                Double.isFinite(health.getCpu()) ? health.getCpu() : 0,
                health.getHeapUsedBytes(),
                health.getGcPauseMillis(),
                health.hasWakeLagMicros() ? (Long) health.getWakeLagMicros() : null,
                health.hasNetworkReceivedBytes() ? (Long) health.getNetworkReceivedBytes() : null,
                health.hasNetworkSentBytes() ? (Long) health.getNetworkSentBytes() : null);
    }

    /** Of a row of table {@code executor_second}. */
    public static GeneratorHealth stored(ResultSet row) throws SQLException {
        return new GeneratorHealth(
                row.getDouble("cpu"),
                row.getLong("heap_bytes"),
                row.getLong("gc_millis"),
                row.getObject("lag_micros", Long.class),
                row.getObject("received_bytes", Long.class),
                row.getObject("sent_bytes", Long.class));
    }

    /** With what a further record of the same second tells: states stand again, amounts add up. */
    public GeneratorHealth plus(GeneratorHealth later) {
        return new GeneratorHealth(
                later.cpu,
                later.heapBytes,
                gcMillis + later.gcMillis,
                greatest(lagMicros, later.lagMicros),
                sum(receivedBytes, later.receivedBytes),
                sum(sentBytes, later.sentBytes));
    }

    static @Nullable Long greatest(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? (one == null ? other : one) : Long.valueOf(Math.max(one, other));
    }

    static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? (one == null ? other : one) : Long.valueOf(one + other);
    }
}
