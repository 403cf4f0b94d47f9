package dev.loadstar.reporting;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.loadstar.contract.wire.RunForgotten;
import dev.loadstar.results.RunResults;
import dev.loadstar.results.RunTables;
import dev.loadstar.results.Samples;
import dev.loadstar.results.Series;
import dev.loadstar.results.TimelinePoint;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is no longer kept goes away, and nothing else. */
class TidyingTests {

    private static final double[] PERCENTILES = {0, 1, 50, 90, 95, 99, 99.9, 100};

    private final Installation installation = Installation.shared();
    private final RunResults results = new RunResults(installation.database());
    private final TestPartition partition = new TestPartition(2_000);
    private final OwnedPartition owner = partition.claim();

    @Test
    void runThatIsForgottenLeavesNothingAndItsNeighbourEverything() throws SQLException {
        var gone = closed(SimulatedRun.daysAgo(8));
        var kept = closed(SimulatedRun.daysAgo(8));
        var before = results.timeline(kept.id, 1);

        forget(gone);
        tidy(TestPartition.KEEP_SECONDS);

        assertThat(results.find(gone.id)).isEmpty();
        for (String table : List.of("run", "series", "timeline", "executor_second", "executor_position", "result")) {
            assertThat(count(table, gone)).as(table).isZero();
            assertThat(count(table, kept)).as(table).isPositive();
        }
        assertThat(results.timeline(kept.id, 1)).isEqualTo(before).hasSize(SimulatedRun.SECONDS);
    }

    @Test
    void dayOfWhichNoRunIsKeptIsDroppedWhole() throws SQLException {
        var run = closed(SimulatedRun.daysAgo(10));
        tidy(TestPartition.KEEP_SECONDS);
        assertThat(exists(partition(run))).isTrue();

        forget(run);
        tidy(TestPartition.KEEP_SECONDS);

        assertThat(exists(partition(run))).isFalse();
    }

    @Test
    void recordsOfARunThatIsForgottenAreRefused() {
        var run = new SimulatedRun();
        owner.merge(partition.records(run, List.of(run.opened())));
        forget(run);

        owner.merge(partition.records(run, run.points(0, 2)));

        assertThat(owner.runs()).noneMatch(live -> live.run().runId().equals(run.id));
    }

    @Test
    void secondsThatAreDroppedLeaveEveryPercentileAsItWas() throws SQLException {
        var run = closed(SimulatedRun.daysAgo(6));
        var totals = percentiles(run);
        var minutes = results.timeline(run.id, 60);
        var tens = results.timeline(run.id, 10);
        var result = results.find(run.id);

        tidy(Duration.ofDays(4));

        assertThat(exists(partition(run) + "_seconds")).isFalse();
        assertThat(percentiles(run)).isEqualTo(totals);
        assertThat(results.timeline(run.id, 60)).isEqualTo(minutes);
        assertThat(results.timeline(run.id, 10)).isEqualTo(tens);
        assertThat(results.timeline(run.id, 1)).isEqualTo(tens).allMatch(point -> point.length() == 10);
        assertThat(tens.stream().mapToLong(TimelinePoint::requests).sum()).isEqualTo(run.requests);
        assertThat(results.find(run.id)).isEqualTo(result);
    }

    @Test
    void secondsOfARunThatGoesOnStayUntilTheyAreRolledUp() throws SQLException {
        var run = SimulatedRun.daysAgo(12);
        owner.merge(partition.records(run, List.of(run.opened())));
        owner.merge(partition.records(run, run.points(0, SimulatedRun.SECONDS)));

        tidy(Duration.ofDays(4));

        assertThat(results.timeline(run.id, 1)).hasSize(SimulatedRun.SECONDS);
        close(run);
        forget(run);
        tidy(Duration.ofDays(4));
    }

    @Test
    void pointsOfSecondsThatMayBeGoneAreRefused() throws SQLException {
        var run = closed(SimulatedRun.daysAgo(5), Duration.ofDays(4));

        assertThat(count("timeline", run)).isZero();
    }

    private void tidy(Duration keepSeconds) {
        partition.tidying(keepSeconds).tidy();
    }

    private SimulatedRun closed(SimulatedRun run) {
        owner.merge(partition.records(run, List.of(run.opened())));
        owner.merge(partition.records(run, run.points(0, SimulatedRun.SECONDS)));
        close(run);
        return run;
    }

    private void close(SimulatedRun run) {
        owner.merge(partition.records(run, run.ends()));
        close(owner, run);
    }

    private SimulatedRun closed(SimulatedRun run, Duration keepSeconds) {
        var other = partition.claim(keepSeconds);
        other.merge(partition.records(run, List.of(run.opened())));
        other.merge(partition.records(run, run.points(0, SimulatedRun.SECONDS)));
        other.merge(partition.records(run, run.ends()));
        close(other, run);
        return run;
    }

    private void close(OwnedPartition by, SimulatedRun run) {
        var live = by.runs().stream()
                .filter(one -> one.run().runId().equals(run.id))
                .findFirst()
                .orElseThrow();
        by.close(live, partition.closing());
    }

    private void forget(SimulatedRun run) {
        owner.merge(partition.records(
                run,
                List.of(run.record()
                        .setRunForgotten(RunForgotten.getDefaultInstance())
                        .build())));
    }

    private Map<Series, List<Double>> percentiles(SimulatedRun run) throws SQLException {
        try (var connection = installation.database().getConnection()) {
            var tables = new RunTables(connection, run.id);
            return tables.totals(tables.run().orElseThrow()).entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, total -> percentiles(total.getValue())));
        }
    }

    private static List<Double> percentiles(Samples samples) {
        return Arrays.stream(PERCENTILES).mapToObj(samples::percentile).toList();
    }

    private static String partition(SimulatedRun run) {
        var day = LocalDate.ofInstant(Instant.ofEpochSecond(run.start), ZoneOffset.UTC);
        return "reporting.timeline_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    private boolean exists(String table) throws SQLException {
        return query("select to_regclass('%s') is not null".formatted(table)).equals("t");
    }

    private long count(String table, SimulatedRun run) throws SQLException {
        return Long.parseLong(query("select count(*) from reporting.%s where run_id = '%s'".formatted(table, run.id)));
    }

    private String query(String sql) throws SQLException {
        try (var connection = installation.database().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
