package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.google.protobuf.ByteString;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.results.RunTables;
import dev.loadstar.results.Series;
import org.jspecify.annotations.Nullable;

/** Writes rows of table {@code timeline}: whole rows, so that writing one twice changes nothing. */
final class TimelineTable {

    private static final String UPSERT = """
            insert into reporting.timeline (run_id, resolution, second, series, project_id, count, sum_micros, sum_squares,
                min_micros, max_micros, bytes_received, bytes_sent, p50, p90, p95, p99, service, intended, ttfb, connect)
            values (?, ?, to_timestamp(?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (run_id, resolution, second, series) do update set
                count = excluded.count, sum_micros = excluded.sum_micros, sum_squares = excluded.sum_squares,
                min_micros = excluded.min_micros, max_micros = excluded.max_micros,
                bytes_received = excluded.bytes_received, bytes_sent = excluded.bytes_sent,
                p50 = excluded.p50, p90 = excluded.p90, p95 = excluded.p95, p99 = excluded.p99,
                service = excluded.service, intended = excluded.intended, ttfb = excluded.ttfb,
                connect = excluded.connect""";

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('reporting.timeline'))";

    /** Clocks that are further off than this are broken. */
    static final int CLOCK_SECONDS = 86_400;

    /** Kafka keeps points for a day; nothing older than this comes in earnest. */
    private static final int OLDEST_SECONDS = 30 * 86_400;

    private static final Series NO_SERIES = new Series("", "", "", SampleKind.REQUEST, Outcome.OK);

    /** Days whose partition is surely there. */
    private final Set<LocalDate> days = ConcurrentHashMap.newKeySet();

    private final Transactions transactions;

    TimelineTable(Transactions transactions) {
        this.transactions = transactions;
    }

    void write(
            Connection connection,
            RunRef run,
            int resolution,
            Collection<RunTables.Row> rows,
            Map<Integer, Series> series)
            throws SQLException {
        Batch.write(connection, UPSERT, rows, row -> values(run, resolution, row, series));
    }

    private static Object[] values(RunRef run, int resolution, RunTables.Row row, Map<Integer, Series> series) {
        var samples = row.samples();
        var point = samples.toPoint(series.getOrDefault(row.series(), NO_SERIES));
        return new Object[] {
            run.runId(),
            (short) resolution,
            row.second(),
            row.series(),
            run.project(),
            point.getCount(),
            point.getSumMicros(),
            point.getSumSquaresMicros(),
            point.getMinMicros(),
            point.getMaxMicros(),
            point.getBytesReceived(),
            point.getBytesSent(),
            samples.percentile(50),
            samples.percentile(90),
            samples.percentile(95),
            samples.percentile(99),
            point.getService().toByteArray(),
            bytes(point.getIntended()),
            bytes(point.getTtfb()),
            bytes(point.getConnect())
        };
    }

    private static byte @Nullable [] bytes(ByteString bytes) {
        return bytes.isEmpty() ? null : bytes.toByteArray();
    }

    /** Whether a row of that second may be written: a stray clock must not make partitions for other centuries. */
    static boolean takes(long second, Instant now) {
        return second >= now.getEpochSecond() - OLDEST_SECONDS && second <= now.getEpochSecond() + CLOCK_SECONDS;
    }

    /**
     * Makes sure that rows of these seconds have a partition to go to; in a transaction of its own, which must not be
     * nested in one that uses the table.
     */
    void prepare(Collection<Long> seconds) {
        seconds.stream()
                .map(TimelineTable::day)
                .distinct()
                .filter(day -> !days.contains(day))
                .forEach(day -> {
                    transactions.run(connection -> {
                        create(connection, day);
                        return day;
                    });
                    days.add(day);
                });
    }

    private static LocalDate day(long second) {
        return LocalDate.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC);
    }

    /** Made apart and then attached, which does not wait for those who read the table. */
    private static void create(Connection connection, LocalDate day) throws SQLException {
        String name = "reporting.timeline_" + DAY.format(day);
        try (var statement = connection.createStatement()) {
            statement.execute(ONE_AT_A_TIME);
            try (var found = statement.executeQuery("select to_regclass('%s') is not null".formatted(name))) {
                if (found.next() && found.getBoolean(1)) {
                    return;
                }
            }
            statement.execute("create table %s (like reporting.timeline including all)".formatted(name));
            statement.execute(
                    "alter table reporting.timeline attach partition %s for values from ('%s 00:00Z') to ('%s 00:00Z')"
                            .formatted(name, day, day.plusDays(1)));
        }
    }
}
