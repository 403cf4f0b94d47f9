package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.google.protobuf.ByteString;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;
import dev.loadstar.reporting.Bulk.Column;
import dev.loadstar.results.RunTables;
import dev.loadstar.results.Series;
import org.jspecify.annotations.Nullable;

/** Writes rows of table {@code timeline}: whole rows, so that writing one twice changes nothing. */
final class TimelineTable {

    private static final String UPSERT = """
            insert into reporting.timeline (run_id, resolution, project_id, second, series, count, sum_micros, sum_squares,
                min_micros, max_micros, bytes_received, bytes_sent, p50, p90, p95, p99, service, intended, ttfb, connect)
            select ?, ?, ?, to_timestamp(second), series, count, sum_micros, sum_squares, min_micros, max_micros,
                bytes_received, bytes_sent, p50, p90, p95, p99, service, intended, ttfb, connect
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as row (second, series, count, sum_micros, sum_squares, min_micros, max_micros, bytes_received, bytes_sent,
                    p50, p90, p95, p99, service, intended, ttfb, connect)
            on conflict (run_id, resolution, second, series) do update set
                count = excluded.count, sum_micros = excluded.sum_micros, sum_squares = excluded.sum_squares,
                min_micros = excluded.min_micros, max_micros = excluded.max_micros,
                bytes_received = excluded.bytes_received, bytes_sent = excluded.bytes_sent,
                p50 = excluded.p50, p90 = excluded.p90, p95 = excluded.p95, p99 = excluded.p99,
                service = excluded.service, intended = excluded.intended, ttfb = excluded.ttfb,
                connect = excluded.connect""";

    private static final List<Column<Stored>> COLUMNS = List.of(
            Column.longs(stored -> stored.row.second()),
            Column.ints(stored -> stored.row.series()),
            Column.longs(stored -> stored.point.getCount()),
            Column.longs(stored -> stored.point.getSumMicros()),
            Column.doubles(stored -> stored.point.getSumSquaresMicros()),
            Column.longs(stored -> stored.point.getMinMicros()),
            Column.longs(stored -> stored.point.getMaxMicros()),
            Column.longs(stored -> stored.point.getBytesReceived()),
            Column.longs(stored -> stored.point.getBytesSent()),
            Column.doubles(stored -> stored.row.samples().percentile(50)),
            Column.doubles(stored -> stored.row.samples().percentile(90)),
            Column.doubles(stored -> stored.row.samples().percentile(95)),
            Column.doubles(stored -> stored.row.samples().percentile(99)),
            Column.bytes(stored -> stored.point.getService().toByteArray()),
            Column.bytes(stored -> bytes(stored.point.getIntended())),
            Column.bytes(stored -> bytes(stored.point.getTtfb())),
            Column.bytes(stored -> bytes(stored.point.getConnect())));

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('reporting.timeline'))";

    /** Clocks that are further off than this are broken. */
    static final int CLOCK_SECONDS = 86_400;

    private static final Series NO_SERIES = new Series("", "", "", SampleKind.REQUEST, Outcome.OK);

    /** Days whose partition is surely there. */
    private final Set<LocalDate> days = ConcurrentHashMap.newKeySet();

    private final Transactions transactions;
    private final Duration keepSeconds;

    /** @param keepSeconds age of a second from which on its row may be gone */
    TimelineTable(Transactions transactions, Duration keepSeconds) {
        this.transactions = transactions;
        this.keepSeconds = keepSeconds;
    }

    /** A row with its histograms encoded. */
    private record Stored(RunTables.Row row, SeriesPoint point) {
        static Stored of(RunTables.Row row) {
            return new Stored(row, row.samples().toPoint(NO_SERIES));
        }
    }

    void write(Connection connection, RunRef run, int resolution, List<RunTables.Row> rows) throws SQLException {
        Bulk.write(
                connection,
                UPSERT,
                List.of(run.runId(), (short) resolution, run.project()),
                rows.stream().map(Stored::of).toList(),
                COLUMNS);
    }

    private static byte @Nullable [] bytes(ByteString bytes) {
        return bytes.isEmpty() ? null : bytes.toByteArray();
    }

    /**
     * Whether a row of that second may be written: a stray clock must not make partitions for other centuries, and what
     * was rolled up of seconds that are gone cannot be computed anew.
     */
    boolean takes(long second, Instant now) {
        return second >= now.minus(keepSeconds).getEpochSecond() && second <= now.getEpochSecond() + CLOCK_SECONDS;
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

    /**
     * By day, so that old days are dropped at once; in a day the rows of 1 s apart, which are not kept for as long. Made
     * apart and then attached, which does not wait for those who read the table.
     */
    private static void create(Connection connection, LocalDate day) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(ONE_AT_A_TIME);
            if (exists(connection, partition(day))) {
                return;
            }
            statement.execute("create table %s (like reporting.timeline including all) partition by list (resolution)"
                    .formatted(partition(day)));
            statement.execute(
                    "create table %s partition of %s for values in (1)".formatted(secondsOf(day), partition(day)));
            statement.execute("create table %1$s_rolled partition of %1$s default".formatted(partition(day)));
            statement.execute(
                    "alter table reporting.timeline attach partition %s for values from ('%s 00:00Z') to ('%s 00:00Z')"
                            .formatted(partition(day), day, day.plusDays(1)));
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("select to_regclass('%s') is not null".formatted(table))) {
            return found.next() && found.getBoolean(1);
        }
    }

    private static String partition(LocalDate day) {
        return "reporting.timeline_" + DAY.format(day);
    }

    /** The rows of 1 s are a table of their own in their day. */
    private static String secondsOf(LocalDate day) {
        return partition(day) + "_seconds";
    }

    /** Those that have a partition, in order. */
    List<LocalDate> days(Connection connection) throws SQLException {
        var found = new ArrayList<LocalDate>();
        try (var statement = connection.createStatement();
                var names = statement.executeQuery("""
                        select right(relname, 8) from pg_inherits join pg_class on oid = inhrelid
                        where inhparent = 'reporting.timeline'::regclass order by 1""")) {
            while (names.next()) {
                found.add(LocalDate.parse(names.getString(1), DAY));
            }
        }
        return found;
    }

    /** Whether rows of 1 s of that day can be dropped at once. */
    boolean hasSeconds(Connection connection, LocalDate day) throws SQLException {
        return exists(connection, secondsOf(day));
    }

    /** Drops all rows of that day, of whatever run. */
    void drop(Connection connection, LocalDate day) throws SQLException {
        drop(connection, partition(day));
        days.remove(day);
    }

    /** Drops the rows of 1 s of that day, of whatever run. */
    void dropSeconds(Connection connection, LocalDate day) throws SQLException {
        drop(connection, secondsOf(day));
    }

    /** Others that use the table wait until this has it: better to try again later than to have them wait for long. */
    private static void drop(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '2s'");
            statement.execute("drop table " + table);
        }
    }
}
