package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Takes out of the tables what is no longer kept: runs that were forgotten, and the rows of 1 s of old days. Partitions
 * that hold nothing else are dropped whole. However many processes do it, and wherever one is ended, the next goes on.
 */
final class Tidying implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Tidying.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    /** Clocks of executors may be off by this: rows of a run may be so much before its begin and after its end. */
    private static final Duration CLOCK = Duration.ofSeconds(TimelineTable.CLOCK_SECONDS);

    /** Runs of which there may be rows between two instants. */
    private static final String BETWEEN = """
            from reporting.run where opened_at < ?::timestamptz + ?::interval
                and (not closed or ended_at is null or ended_at >= ?::timestamptz - ?::interval)""";

    private final Transactions transactions;
    private final TimelineTable timeline;
    private final Duration keepSeconds;
    private final Clock clock;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("reporting-tidying").factory());

    Tidying(Transactions transactions, TimelineTable timeline, Duration keepSeconds, Clock clock) {
        this.transactions = transactions;
        this.timeline = timeline;
        this.keepSeconds = keepSeconds;
        this.clock = clock;
    }

    /** Does it now and then from now on. */
    Tidying begin() {
        var _ = thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        tidy();
                    } catch (RuntimeException e) {
                        log.warn("What is no longer kept cannot be removed yet: {}", e.getMessage());
                    }
                },
                1,
                EVERY.toMinutes(),
                TimeUnit.MINUTES);
        return this;
    }

    void tidy() {
        for (var day : transactions.run(timeline::days)) {
            transactions.run(connection -> dropDay(connection, day));
        }
        for (var run : transactions.run(Tidying::forgotten)) {
            transactions.run(connection -> delete(connection, run));
        }
        var keptFrom = day(keepSeconds);
        for (var day : transactions.run(timeline::days)) {
            if (day.isBefore(keptFrom)) {
                transactions.run(connection -> dropSeconds(connection, day));
            }
        }
    }

    private LocalDate day(Duration ago) {
        return LocalDate.ofInstant(clock.instant().minus(ago), ZoneOffset.UTC);
    }

    /** Days that may still get rows of runs that are yet to begin stay. */
    private boolean dropDay(Connection connection, LocalDate day) throws SQLException {
        boolean drop = day.isBefore(day(CLOCK)) && !isAny(connection, day, "not forgotten");
        if (drop) {
            timeline.drop(connection, day);
            log.info("The timeline of {} is dropped: none of its runs is kept", day);
        }
        return drop;
    }

    /** Seconds that are not rolled up yet stay: of a run that goes on, and of one that an older version has written. */
    private boolean dropSeconds(Connection connection, LocalDate day) throws SQLException {
        long end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
        String unrolled = """
                (case when closed then rolled_to = 0 else rolled_to < %d end)
                and exists (select 1 from reporting.series s where s.run_id = run.run_id)""".formatted(end);
        boolean drop = timeline.hasSeconds(connection, day) && !isAny(connection, day, unrolled);
        if (drop) {
            timeline.dropSeconds(connection, day);
            try (var statement = connection.prepareStatement("""
                    update reporting.run set seconds_from = greatest(seconds_from, ?)
                    where opened_at < to_timestamp(?) + ?::interval""")) {
                statement.setLong(1, end);
                statement.setLong(2, end);
                statement.setString(3, CLOCK.toString());
                statement.executeUpdate();
            }
            log.info("The seconds of {} are dropped: rows of 10 s and longer are kept", day);
        }
        return drop;
    }

    private static boolean isAny(Connection connection, LocalDate day, String condition) throws SQLException {
        try (var statement =
                connection.prepareStatement("select exists (select 1 %s and %s)".formatted(BETWEEN, condition))) {
            statement.setString(1, day.plusDays(1) + " 00:00Z");
            statement.setString(2, CLOCK.toString());
            statement.setString(3, day + " 00:00Z");
            statement.setString(4, CLOCK.toString());
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static List<String> forgotten(Connection connection) throws SQLException {
        var forgotten = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select run_id from reporting.run where forgotten")) {
            while (rows.next()) {
                forgotten.add(rows.getString(1));
            }
        }
        return forgotten;
    }

    /** Also what is in partitions that other runs need. */
    private static boolean delete(Connection connection, String run) throws SQLException {
        for (String table : List.of("timeline", "refused_record", "run")) {
            Batch.write(connection, "delete from reporting.%s where run_id = ?".formatted(table), List.of(run), id ->
                    new Object[] {id});
        }
        log.info("Run {} is removed", run);
        return true;
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.shutdown();
        var _ = thread.awaitTermination(5, TimeUnit.SECONDS);
    }
}
