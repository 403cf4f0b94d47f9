package dev.loadstar.reporting;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import dev.loadstar.contract.run.RunDocument.ExecutorResult;
import dev.loadstar.contract.run.RunDocument.HealthResult;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.contract.wire.RunCommand;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.Topics;
import dev.loadstar.results.ExecutorPoint;
import dev.loadstar.results.LatencyKind;
import dev.loadstar.results.MeasuredScope;
import dev.loadstar.results.RunResult;
import dev.loadstar.results.RunResults;
import dev.loadstar.results.ScopeResult;
import dev.loadstar.results.TimelinePoint;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

class ReportingTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Installation installation = Installation.shared();
    private final RunResults results = new RunResults(installation.database());
    private final SimulatedRun run = new SimulatedRun();
    private ConfigurableApplicationContext reporting;
    private TestStream stream;

    @BeforeEach
    void start() {
        reporting = installation.startReporting();
        stream = new TestStream(installation.bootstrap());
    }

    @AfterEach
    void stop() {
        stream.close();
        reporting.close();
    }

    @Test
    void whatThreeExecutorsMeasuredIsMergedJudgedAndReported() throws Exception {
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));
        stream.send(run, run.ends());

        var reported = stream.awaitReported(run.id, PATIENCE);

        assertThat(reported.getVerdict()).isEqualTo(Verdict.PASSED.name());
        assertThat(reported.getReason()).isEqualTo("1 of 1 assertion holds");
        var result = results.find(run.id).orElseThrow();
        assertMerged(result);
        assertThat(requireNonNull(result.summary()).loadDelivered()).isEqualTo(1.0);
        assertThat(result.stages()).extracting(stage -> stage.loadDelivered()).containsExactly(1.0, 1.0);
        assertThat(result.errors()).singleElement().satisfies(error -> {
            assertThat(error.kind()).isEqualTo("http.500");
            assertThat(error.count()).isEqualTo(run.errors);
        });
    }

    @Test
    void timelineHoldsTheSameRequestsAtEveryResolution() throws Exception {
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));
        await().atMost(PATIENCE).until(() -> requests() == run.requests);
        assertThat(requests(10)).isEqualTo(run.requests);

        stream.send(run, run.ends());
        stream.awaitReported(run.id, PATIENCE);

        assertThat(requests(1)).isEqualTo(run.requests);
        assertThat(requests(10)).isEqualTo(run.requests);
        assertThat(requests(60)).isEqualTo(run.requests);
        assertThat(results.timeline(run.id, 1)).hasSize(SimulatedRun.SECONDS).allSatisfy(point -> {
            assertThat(point.activeUsers()).isEqualTo(9);
            assertThat(point.plannedUsers()).isEqualTo(9);
        });
    }

    @Test
    void healthOfEachExecutorIsKeptSecondBySecond() throws Exception {
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));
        stream.send(run, run.ends());
        stream.awaitReported(run.id, PATIENCE);

        var seconds = results.executors(run.id, 1);

        assertThat(seconds).hasSize(SimulatedRun.SECONDS * SimulatedRun.EXECUTORS);
        assertThat(seconds.get(SimulatedRun.SECONDS + 4)).satisfies(second -> {
            assertThat(second.executor()).isEqualTo(2);
            assertThat(second.second().getEpochSecond()).isEqualTo(run.start + 4);
            assertThat(second.activeUsers()).isEqualTo(3);
            assertThat(second.cpu()).isEqualTo(0.3);
            assertThat(second.heapBytes()).isEqualTo(50_000_000);
            assertThat(second.gcPauseMs()).isEqualTo(2);
            assertThat(second.lagMs()).isEqualTo(4.002);
            assertThat(second.receivedPerSecond()).isEqualTo(2_000);
            assertThat(second.sentPerSecond()).isEqualTo(1_000);
        });
        assertThat(results.executors(run.id, 60).stream()
                        .filter(point -> point.executor() == 3)
                        .mapToLong(ExecutorPoint::gcPauseMs)
                        .sum())
                .isEqualTo(30);
        assertThat(results.find(run.id).orElseThrow().executors().getFirst().health())
                .isEqualTo(new HealthResult(50_000_000, 10, 9.001, 20_000L, 10_000L));
    }

    @Test
    void anyPartOfARunHasFiguresOfItsOwn() throws Exception {
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));
        stream.send(run, run.ends());
        stream.awaitReported(run.id, PATIENCE);
        var summary = requireNonNull(results.find(run.id).orElseThrow().summary());

        var whole = scope(null, null, null, null);
        assertThat(whole.requests()).isEqualTo(run.requests);
        assertThat(whole.errors()).isEqualTo(run.errors);
        assertThat(whole.latencyMs()).isEqualTo(summary.latencyMs());
        var begin = Instant.ofEpochSecond(run.start);
        var first = scope(null, null, begin, begin.plusSeconds(3));
        var rest = scope(null, null, begin.plusSeconds(3), null);
        assertThat(first.requests() + rest.requests()).isEqualTo(run.requests);
        assertThat(first.requests())
                .isEqualTo(results.timeline(run.id, 1).stream()
                        .limit(3)
                        .mapToLong(TimelinePoint::requests)
                        .sum());
        assertThat(scope("warm-up", "home", null, null).requests()
                        + scope("hold", "home", null, null).requests())
                .isEqualTo(scope(null, "home", null, null).requests());
        assertThat(scope("no such stage", null, null, null)).isEqualTo(new ScopeResult(0, 0, null, null, null));
    }

    private ScopeResult scope(
            @Nullable String stage, @Nullable String request, @Nullable Instant from, @Nullable Instant to) {
        var scope = new MeasuredScope("browse", stage, request, SampleKind.REQUEST, from, to);
        return results.find(run.id, scope).orElseThrow();
    }

    @Test
    void runIsHeldAgainstTheRunsThatItsPlanNames() throws Exception {
        var earlier = List.of(new SimulatedRun(), new SimulatedRun(), new SimulatedRun());
        for (var one : earlier) {
            report(one);
        }
        report(run.against(earlier));

        assertThat(results.find(run.id).orElseThrow().assertions())
                .singleElement()
                .satisfies(assertion -> {
                    assertThat(assertion.status()).isEqualTo(AssertionStatus.PASSED);
                    assertThat(assertion.detail())
                            .startsWith("+0.0 % against the median of runs 7, 7 and 7 (")
                            .contains("3 runs differ by ±0.0 % among themselves");
                });
    }

    private void report(SimulatedRun one) throws Exception {
        stream.send(one, List.of(one.opened()));
        stream.send(one, one.points(0, SimulatedRun.SECONDS));
        stream.send(one, one.ends());
        stream.awaitReported(one.id, PATIENCE);
    }

    @Test
    void logOfHistogramsHoldsEveryLabelsSamplesAtEveryResolution() throws Exception {
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));
        stream.send(run, run.ends());
        stream.awaitReported(run.id, PATIENCE);

        for (int resolution : List.of(1, 10, 60)) {
            var requests = new Histogram(3);
            requests.setAutoResize(true);
            var tags = new TreeSet<String>();
            for (Histogram interval : histogramLog(resolution)) {
                tags.add(interval.getTag());
                if (interval.getTag().startsWith("browse/")) {
                    requests.add(interval);
                }
            }
            assertThat(tags)
                    .containsExactly(
                            "browse/add%20to%20cart", "browse/home", "part:browse/home-0", "transaction:browse/visit");
            assertThat(requests.getTotalCount()).isEqualTo(run.requests);
            assertThat(requests.getValueAtPercentile(99)).isEqualTo(run.merged.getValueAtPercentile(99));
        }
    }

    private List<Histogram> histogramLog(int resolution) {
        var log = new ByteArrayOutputStream();
        results.writeHistogramLog(run.id, LatencyKind.SERVICE, resolution, log);
        var reader = new HistogramLogReader(new ByteArrayInputStream(log.toByteArray()));
        var intervals = new ArrayList<Histogram>();
        while (reader.hasNext()) {
            intervals.add((Histogram) reader.nextIntervalHistogram());
        }
        return intervals;
    }

    @Test
    void recordsThatComeTwiceOrFromStrangersChangeNothing() throws Exception {
        var stranger = RunKey.derive(new byte[] {1, 2, 3}, run.id);
        stream.send(run, List.of(run.opened()));
        for (var record : run.points(0, SimulatedRun.SECONDS)) {
            stream.send(run, List.of(record, record));
            stream.send(stranger, record);
        }
        stream.send(run, run.ends());

        stream.awaitReported(run.id, PATIENCE);

        var result = results.find(run.id).orElseThrow();
        assertMerged(result);
        assertThat(refused(run.id, "wrong-signature")).isEqualTo(30);
        assertThat(result.warnings())
                .containsExactly(
                        "30 records were refused: not signed with this run's key. Nothing of that is in the figures");
    }

    @Test
    void restartInTheMiddleLosesAndDoublesNothing() throws Exception {
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, 5));
        await().atMost(PATIENCE).until(() -> requests() == run.requests);
        reporting.close();
        stream.send(run, run.points(5, 8));
        reporting = installation.startReporting();
        stream.send(run, run.points(8, SimulatedRun.SECONDS));
        stream.send(run, run.ends());

        stream.awaitReported(run.id, PATIENCE);

        assertMerged(results.find(run.id).orElseThrow());
    }

    @Test
    void brokerThatGoesAwayForAWhileIsWaitedFor() throws Exception {
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, 5));
        await().atMost(PATIENCE).until(() -> requests() == run.requests);
        installation.restartKafka(() -> {});
        stream.send(run, run.points(5, SimulatedRun.SECONDS));
        stream.send(run, run.ends());

        stream.awaitReported(run.id, PATIENCE.multipliedBy(2));

        assertMerged(results.find(run.id).orElseThrow());
    }

    @Test
    void samplesOfAKilledExecutorAreUnknownInTheLedgerAndMakeTheRunInvalid() throws Exception {
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));
        stream.send(run, List.of(run.end(1), run.end(3), run.ended(2, 500)));

        var reported = stream.awaitReported(run.id, PATIENCE);

        assertThat(reported.getVerdict()).isEqualTo(Verdict.INVALID.name());
        assertThat(reported.getWouldBe()).isEqualTo(Verdict.PASSED.name());
        assertThat(reported.getReason()).startsWith("500 of ").contains("samples were lost");
        var ledger = requireNonNull(results.find(run.id).orElseThrow().ledger());
        assertThat(ledger.stored()).isEqualTo(run.requests);
        assertThat(ledger.unknown()).isEqualTo(500);
        assertThat(ledger.produced()).isEqualTo(run.requests + 500);
        assertThat(results.find(run.id).orElseThrow().executors())
                .extracting(ExecutorResult::ledger)
                .allSatisfy(of -> assertThat(requireNonNull(of).produced())
                        .isEqualTo(of.stored() + of.declaredLost() + of.unknown()))
                .extracting(of -> requireNonNull(of).unknown())
                .containsExactly(0L, 500L, 0L);
    }

    @Test
    void lastWordThatNeverComesIsNotWaitedForLongerThanTheGrace() throws Exception {
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));
        stream.send(run, List.of(run.end(1), run.end(2), run.ended(0, 0)));

        var reported = stream.awaitReported(run.id, PATIENCE);

        assertThat(reported.getVerdict()).isEqualTo(Verdict.PASSED.name());
    }

    @Test
    void ruleOrdersTheEndOfARunAndGivesItsVerdict() throws Exception {
        run.withRule();
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, 3));
        await("the seconds before the rule looks").atMost(PATIENCE).until(() -> requests() == run.requests);
        assertThat(stream.read(Topics.RUN_COMMANDS, run.id)).isEmpty();

        stream.send(run, run.points(3, 5));
        var orders = new ArrayList<byte[]>();
        await().atMost(PATIENCE).until(() -> orders.addAll(stream.read(Topics.RUN_COMMANDS, run.id)));
        var stop = RunCommand.parseFrom(orders.getFirst()).getStop();
        assertThat(stop.getEndReason()).isEqualTo(EndReason.STOPPED_BY_RULE.name());
        assertThat(stop.getDetail()).startsWith("rule 'too-many' stopped the run: requests > 200 over 3s, it was ");
        stream.send(run, List.of(run.end(1), run.end(2), run.end(3)));
        stream.send(run, List.of(run.stopped(stop.getEndReason(), stop.getDetail())));

        var reported = stream.awaitReported(run.id, PATIENCE);

        assertThat(reported.getVerdict()).isEqualTo(Verdict.FAILED.name());
        assertThat(reported.getReason()).isEqualTo(stop.getDetail());
    }

    @Test
    void windowsAreReadFromTheTables() throws Exception {
        var requests = new AssertionPlan(
                "a1",
                "rate requests >= 1/s",
                AssertionPlan.Metric.REQUESTS,
                "rate",
                AssertionPlan.Scope.ALL,
                AssertionPlan.Op.GE,
                1,
                new AssertionPlan.Terms(
                        null,
                        new AssertionPlan.Window(Duration.ofSeconds(2), 1),
                        AssertionPlan.OnBreach.FAIL,
                        AssertionPlan.OnNoData.INVALID),
                "/assertions/0");
        run.judgedBy(requests);
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));
        stream.send(run, run.ends());

        stream.awaitReported(run.id, PATIENCE);

        assertThat(results.find(run.id).orElseThrow().assertions())
                .singleElement()
                .satisfies(assertion ->
                        assertThat(assertion.detail()).startsWith("held in 4 of 4 windows of 2s, 100 % of them must"));
    }

    @Test
    void backlogOfOneRunDoesNotHoldUpTheVerdictOfAnother() throws Exception {
        var late = SimulatedRun.inPartition(0);
        var other = SimulatedRun.inPartition(1);
        stream.send(late, List.of(late.opened()));
        stream.send(late, late.points(0, 2_000));

        stream.send(other, List.of(other.opened()));
        stream.send(other, other.points(0, SimulatedRun.SECONDS));
        stream.send(other, other.ends());
        stream.awaitReported(other.id, PATIENCE);

        long merged = results.find(late.id)
                .map(result -> requireNonNull(result.summary()).requests())
                .orElse(0L);
        assertThat(merged).as("the other was not behind all of it").isLessThan(late.requests);
        stream.send(late, List.of(late.ended(0, 0)));
    }

    @Test
    void liveRunTicks() {
        stream.send(run, List.of(run.opened()));
        stream.send(run, run.points(0, SimulatedRun.SECONDS));

        await().atMost(PATIENCE).untilAsserted(() -> {
            var ticks = stream.read(Topics.TICKS, run.id);
            assertThat(ticks).isNotEmpty();
            var view = Json.read(new String(ticks.getLast(), UTF_8), LiveView.class);
            assertThat(view.total().requests()).isEqualTo(run.requests);
            assertThat(view.recent().activeUsers()).isEqualTo(9);
            assertThat(view.plannedUsers()).isEqualTo(9);
            assertThat(view.stage()).isEqualTo("hold");
            assertThat(view.elapsedMs()).isEqualTo(SimulatedRun.SECONDS * 1000L);
            assertThat(view.labels()).hasSize(4);
            assertThat(view.executors()).hasSize(3);
        });
    }

    @Test
    void arrivalsAreMergedOverExecutorsAndNoneIsCountedTwice() throws Exception {
        var open = SimulatedRun.ofArrivals();
        stream.send(open, List.of(open.opened()));
        var points = open.points(0, SimulatedRun.SECONDS);
        stream.send(open, points);
        await().atMost(PATIENCE).untilAsserted(() -> {
            var ticks = stream.read(Topics.TICKS, open.id);
            assertThat(ticks).isNotEmpty();
            var view = Json.read(new String(ticks.getLast(), UTF_8), LiveView.class);
            assertThat(view.arrivals()).isEqualTo(new LiveView.ArrivalFigures(30, 24, 3, 3, 30, 30));
        });
        reporting.close();
        reporting = installation.startReporting();
        stream.send(open, points);
        stream.send(open, open.ends());

        var reported = stream.awaitReported(open.id, PATIENCE);

        var result = results.find(open.id).orElseThrow();
        var summary = requireNonNull(result.summary());
        assertThat(summary.arrivals()).isEqualTo(new ArrivalResult(300, 240, 30, 30));
        assertThat(summary.loadDelivered()).isEqualTo(0.8);
        assertThat(result.stages()).extracting(stage -> stage.plannedRate()).containsExactly(30.0, 30.0);
        assertThat(requireNonNull(summary.intendedLatencyMs()).p50())
                .isGreaterThan(requireNonNull(summary.latencyMs()).p50());
        // 1 in 10 was late, which is the generator's fault; what was dropped is not.
        assertThat(reported.getReason()).startsWith("the load asked for did not arrive: 90 % of it");
        assertThat(results.timeline(open.id, 10)).allSatisfy(point -> {
            assertThat(point.plannedRate()).isLessThanOrEqualTo(30);
            assertThat(requireNonNull(point.arrivalRate()) / requireNonNull(point.droppedRate()))
                    .isCloseTo(8, within(0.1));
        });
    }

    private void assertMerged(RunResult result) {
        var summary = requireNonNull(result.summary());
        var latency = requireNonNull(summary.latencyMs());
        var ledger = requireNonNull(result.ledger());
        assertThat(summary.requests()).isEqualTo(run.requests);
        assertThat(summary.errors()).isEqualTo(run.errors);
        assertThat(latency.p50()).isEqualTo(run.merged.getValueAtPercentile(50) / 1000.0);
        assertThat(latency.p95()).isEqualTo(run.merged.getValueAtPercentile(95) / 1000.0);
        assertThat(latency.max()).isEqualTo(run.merged.getMaxValue() / 1000.0);
        assertThat(ledger.stored()).isEqualTo(run.requests);
        assertThat(ledger.produced()).isEqualTo(run.requests);
        assertThat(result.labels())
                .extracting(label -> label.label() + " " + label.kind())
                .containsExactlyInAnyOrder("home request", "add to cart request", "visit transaction", "home-0 part");
        assertThat(result.labels()).extracting(label -> label.kind()).startsWith("request", "request");
        assertThat(result.labels())
                .filteredOn(label -> !label.kind().equals("request"))
                .allSatisfy(label -> assertThat(label.requests()).isEqualTo(SimulatedRun.SECONDS * 3L));
        assertFailuresAreTheFirst();
    }

    private void assertFailuresAreTheFirst() {
        assertThat(results.failures(run.id)).hasSize(5).allSatisfy(failure -> {
            assertThat(failure.label()).isEqualTo("home");
            assertThat(failure.kind()).isEqualTo("http.500");
            assertThat(failure.latencyMs()).isEqualTo(1.5);
            assertThat(failure.request().body()).isNull();
            assertThat(failure.response().body()).isEqualTo("it broke");
        });
    }

    private long requests() {
        return results.find(run.id)
                .map(result -> requireNonNull(result.summary()).requests())
                .orElse(0L);
    }

    private long requests(int resolution) {
        return results.timeline(run.id, resolution).stream()
                .mapToLong(TimelinePoint::requests)
                .sum();
    }

    private long refused(String runId, String reason) throws SQLException {
        try (var connection = installation.database().getConnection();
                var statement = connection.prepareStatement(
                        "select count from reporting.refused_record where run_id = ? and reason = ?")) {
            statement.setString(1, runId);
            statement.setString(2, reason);
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
