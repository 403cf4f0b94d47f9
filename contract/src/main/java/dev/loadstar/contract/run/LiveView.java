package dev.loadstar.contract.run;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where a run is right now: the body of a {@code tick} on Kafka and of the server-sent events {@code tick}. Provisional:
 * made from the points that have arrived so far, for display only.
 *
 * @param second the newest second (UTC, start of it) that every live executor has reported
 * @param elapsedMs since the load started; 0 before
 * @param plannedMs the load's planned length; null where the script decides
 * @param stage name of the stage that the newest second belongs to
 * @param arrivals null where no load is open
 * @param recent figures of the newest second; {@code total} of the run so far
 */
public record LiveView(
        String runId,
        String project,
        int number,
        Instant second,
        long elapsedMs,
        @Nullable Long plannedMs,
        @Nullable String stage,
        @Nullable Double plannedUsers,
        Figures recent,
        Figures total,
        List<LabelFigures> labels,
        List<ExecutorFigures> executors,
        @Nullable ArrivalFigures arrivals) {

    /** @param requestsPerSecond over the scope's time; latencies in ms, null where nothing was measured; {@code p95Intended} also where no schedule exists */
    public record Figures(
            long requests,
            long errors,
            @Nullable Double requestsPerSecond,
            @Nullable Double activeUsers,
            @Nullable Double p50,
            @Nullable Double p95,
            @Nullable Double p99,
            @Nullable Double p95Intended) {}

    /**
     * Arrivals of open loads in the newest second.
     *
     * @param plannedPerSecond by the plan
     * @param droppedInAll since the start, as {@code lateInAll}
     */
    public record ArrivalFigures(
            double plannedPerSecond, long begun, long dropped, long late, long droppedInAll, long lateInAll) {}

    public record LabelFigures(String scenario, String label, String kind, Figures total) {}

    /**
     * @param cpu share of the executor’s limit, 0…1; heap in bytes used
     * @param gcPauseMs in the newest second, as the bytes that the executor's machine received and sent
     * @param lagMs the longest that a thread slept on after the instant at which it wanted to wake
     */
    public record ExecutorFigures(
            int number,
            long requests,
            double requestsPerSecond,
            double activeUsers,
            double cpu,
            long heapBytes,
            long gcPauseMs,
            @Nullable Double lagMs,
            @Nullable Long receivedBytes,
            @Nullable Long sentBytes) {}
}
