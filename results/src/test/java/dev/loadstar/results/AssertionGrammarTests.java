package dev.loadstar.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.OnBreach;
import dev.loadstar.contract.plan.AssertionPlan.OnNoData;
import dev.loadstar.contract.plan.AssertionPlan.Op;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.plan.AssertionPlan.Terms;
import dev.loadstar.contract.plan.AssertionPlan.Window;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.contract.wire.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The whole grammar of assertions; what is random has a seed that a failure names. */
class AssertionGrammarTests {

    /** Load starts at 0.4 s of second 0; {@code hold}, which alone is measured, lasts from 2.4 s to 10.4 s. */
    private static final int FIRST = 2;

    private static final int SECONDS = 8;

    private final Sampled run = new Sampled();

    static Stream<Long> seeds() {
        return new Random(20).longs(40).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void windowsHoldInTheShareThatCountingByHandFinds(long seed) {
        var random = new Random(seed);
        var latencies = new ArrayList<Long>();
        for (int second = 0; second < SECONDS; second++) {
            long micros = 1_000L * (1 + random.nextInt(500));
            latencies.add(micros);
            run.samplesAt(FIRST + second, "home", "hold", Outcome.OK, 1 + random.nextInt(5), micros);
        }
        int every = 1 + random.nextInt(4);
        double limit = 1 + random.nextInt(500);
        double share = random.nextInt(101) / 100.0;

        var windows = windows(every);
        long held = windows.stream()
                .filter(window ->
                        window.stream().mapToLong(latencies::get).max().orElse(0) / 1000.0 < limit)
                .count();
        var result = check(Metric.LATENCY_SERVICE, "max", Op.LT, limit, terms(every, share));

        assertThat(result.status())
                .isEqualTo(held >= share * windows.size() - 1e-9 ? AssertionStatus.PASSED : AssertionStatus.FAILED);
        assertThat(result.detail())
                .startsWith("held in %d of %d windows of %ds".formatted(held, windows.size(), every));
    }

    /** What is left at the end belongs to the last window. */
    private static List<List<Integer>> windows(int every) {
        int count = SECONDS / every;
        return IntStream.range(0, count)
                .mapToObj(
                        window -> IntStream.range(window * every, window == count - 1 ? SECONDS : (window + 1) * every)
                                .boxed()
                                .toList())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void windowsTogetherHoldEverythingThatTheWholeDoes(long seed) {
        var random = new Random(seed);
        int total = 0;
        for (int second = 0; second < SECONDS + 3; second++) {
            int count = random.nextInt(4);
            total += count;
            run.samplesAt(FIRST + second, "home", "hold", Outcome.OK, count, 1_000);
        }
        run.samplesAt(1, "home", "ramp", Outcome.OK, 1_000, 1_000);
        run.assertion("it", Metric.REQUESTS, "count", Scope.ALL, Op.GE, 1).on(terms(1 + random.nextInt(9), 1));
        var measured = run.measured();
        var assertion = measured.run().plan().assertions().getLast();
        var time = LoadTime.of(measured);
        var parts = new Parts(
                measured,
                StageArrivals.of(measured, time, true),
                time,
                AssertionScope.Frame.ofMeasuredStages(measured.run().plan()));

        var windows = parts.windows(assertion, Duration.ofSeconds(1 + random.nextInt(9)));

        assertThat(windows.stream().mapToLong(part -> part.samples().count()).sum())
                .isEqualTo(total);
        assertThat(windows.stream().map(Part::time).reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofSeconds(SECONDS));
    }

    @ParameterizedTest
    @CsvSource({
        "LT, 100, 80, 70,  PASSED",
        "LT, 100, 80, 80,  WARNED",
        "LT, 100, 80, 99,  WARNED",
        "LT, 100, 80, 100, FAILED",
        "LE, 100, 80, 100, WARNED",
        "GE, 100, 120, 120, PASSED",
        "GE, 100, 120, 119, WARNED",
        "GT, 100, 120, 100, FAILED",
    })
    void stricterLimitOnlyWarns(Op op, double value, double warn, int millis, AssertionStatus status) {
        run.samples("home", "hold", Outcome.OK, 10, millis * 1_000L);

        assertThat(check(
                                Metric.LATENCY_SERVICE,
                                "max",
                                op,
                                value,
                                new Terms(warn, null, OnBreach.FAIL, OnNoData.INVALID))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"FAIL, FAILED, FAILED", "WARN, WARNED, WARNED", "RECORD, RECORDED, PASSED"})
    void breachDoesToTheVerdictWhatItIsToDo(OnBreach onBreach, AssertionStatus status, Verdict verdict) {
        run.samples("home", "hold", Outcome.OK, 10, 500_000);

        assertThat(check(Metric.LATENCY_SERVICE, "max", Op.LT, 100, new Terms(null, null, onBreach, OnNoData.INVALID))
                        .status())
                .isEqualTo(status);
        assertThat(run.judge().verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"INVALID, INVALID", "FAIL, FAILED", "PASS, PASSED"})
    void nothingMeasuredIsWorthWhatTheAssertionSays(OnNoData onNoData, AssertionStatus status) {
        run.samples("home", "ramp", Outcome.OK, 10, 500_000);

        var result = check(Metric.ERRORS, "ratio", Op.LT, 1, new Terms(null, null, OnBreach.FAIL, onNoData));

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.value()).isNull();
        assertThat(result.detail()).startsWith("no sample was measured in its scope");
    }

    @Test
    void tooFewSamplesAreInvalidWhateverNoneAreWorth() {
        run.samples("home", "hold", Outcome.OK, 99, 1_000);

        assertThat(check(
                                Metric.LATENCY_SERVICE,
                                "p99",
                                Op.LT,
                                1_000,
                                new Terms(null, null, OnBreach.FAIL, OnNoData.PASS))
                        .status())
                .isEqualTo(AssertionStatus.INVALID);
    }

    @Test
    void silentWindowBreachesARateAndIsNoLatency() {
        for (int second : List.of(0, 1, 2, 3, 6, 7)) {
            run.samplesAt(FIRST + second, "home", "hold", Outcome.OK, 100, 1_000);
        }

        assertThat(check(Metric.REQUESTS, "rate", Op.GE, 10, terms(2, 1)).status())
                .isEqualTo(AssertionStatus.FAILED);
        assertThat(check(Metric.REQUESTS, "rate", Op.GE, 10, terms(2, 0.75)).status())
                .isEqualTo(AssertionStatus.PASSED);
        assertThat(check(Metric.LATENCY_SERVICE, "p95", Op.LT, 10, terms(2, 1)).detail())
                .startsWith("held in 3 of 3 windows of 2s");
    }

    @Test
    void windowsWithTooFewSamplesAreSaidAndNotJudged() {
        run.samplesAt(FIRST, "home", "hold", Outcome.OK, 200, 1_000);
        run.samplesAt(FIRST + 4, "home", "hold", Outcome.OK, 99, 900_000);

        var result = check(Metric.LATENCY_SERVICE, "p99", Op.LT, 10, terms(4, 1));

        assertThat(result.status()).isEqualTo(AssertionStatus.PASSED);
        assertThat(result.detail())
                .startsWith("held in 1 of 1 windows of 4s, 100 % of them must")
                .endsWith("1 more had too few samples");
    }

    @Test
    void frozenTargetBreachesTheWindowInWhichEveryArrivalWasDropped() {
        run.with(new Load.Open(
                0,
                List.of(
                        new Load.RateStage("ramp", Duration.ofSeconds(2), 100, Load.Shape.RAMP, false),
                        new Load.RateStage("hold", Duration.ofSeconds(8), 100, Load.Shape.HOLD, true)),
                Load.Arrivals.EVEN,
                7,
                500,
                Duration.ZERO));
        for (int second = 0; second < SECONDS; second++) {
            boolean frozen = second == 4 || second == 5;
            run.arrivalsAt(FIRST + second, "hold", frozen ? 0 : 100, frozen ? 100 : 0);
            run.samplesAt(FIRST + second, "home", "hold", Outcome.OK, frozen ? 0 : 100, 1_000);
        }

        var result = check(Metric.LATENCY_INTENDED, "p99", Op.LT, 100, terms(2, 1));

        assertThat(result.status()).isEqualTo(AssertionStatus.FAILED);
        assertThat(result.aboveMax()).isTrue();
        assertThat(result.detail()).startsWith("held in 3 of 4 windows of 2s");
        assertThat(check(Metric.ARRIVALS_DROPPED, "count", Op.LT, 1, terms(2, 0.75))
                        .status())
                .isEqualTo(AssertionStatus.PASSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"avg", "min", "max", "stddev", "p50", "p99.9", "last"})
    void generatorHasEveryStatistic(String stat) {
        run.samples("home", "hold", Outcome.OK, 10, 1_000)
                .cpuAt(5, 0.9)
                .cpuAt(9, 0.1)
                .cpuAt(1, 1);
        double expected = switch (stat) {
            case "avg" -> (6 * 0.2 + 0.9 + 0.1) / 8;
            case "min" -> 0.1;
            case "max", "p99.9" -> 0.9;
            case "stddev" -> Math.sqrt((6 * 0.04 + 0.81 + 0.01) / 8 - Math.pow((6 * 0.2 + 1.0) / 8, 2));
            case "p50" -> 0.2;
            default -> 0.1;
        };

        var result = check(Metric.GENERATOR_CPU, stat, Op.LE, 1, Terms.USUAL);

        assertThat(result.unit()).isEqualTo("ratio");
        assertThat(result.value()).isNotNull().isCloseTo(expected, within(1e-6));
    }

    @Test
    void generatorsOfOtherExecutorsAreNotInScope() {
        run.samples("home", "hold", Outcome.OK, 10, 1_000);
        run.assertion("it", Metric.GENERATOR_CPU, "max", new Scope(null, null, null, 2, null), Op.LE, 1);

        assertThat(new Evaluation(run.measured())
                        .result()
                        .assertions()
                        .getLast()
                        .detail())
                .isEqualTo("no executor of its scope made load");
    }

    @Test
    void partsOfATimeAreMeasuredWithTheirOwnPrecision() {
        run.samples("home", "hold", Outcome.OK, 1_000, 100_000);

        var ttfb = check(Metric.TTFB, "p99", Op.LT, 100, Terms.USUAL);
        var connect = check(Metric.CONNECT, "avg", Op.LT, 100, Terms.USUAL);

        assertThat(ttfb.value()).isNotNull().isCloseTo(50.0, within(0.5));
        assertThat(connect.status()).isEqualTo(AssertionStatus.INVALID);
        assertThat(connect.detail())
                .isEqualTo("the tool does not measure `connect` of these requests; judge `latency.service` instead");
    }

    @Test
    void errorsOfAStatusAreCountedByTheirKind() {
        run.samples("home", "hold", Outcome.OK, 90, 1_000)
                .samples("home", "hold", Outcome.ERROR, 10, 1_000)
                .samples("home", "ramp", Outcome.ERROR, 5, 1_000)
                .errorKind("home", "hold", "http.503", 4)
                .errorKind("home", "hold", "http.500", 3)
                .errorKind("home", "hold", "timeout", 3)
                .errorKind("home", "ramp", "http.503", 5);

        assertThat(ofStatus("503", "count").value()).isEqualTo(4);
        assertThat(ofStatus("5xx", "ratio").value()).isEqualTo(0.07);
        assertThat(ofStatus("404", "count").value()).isEqualTo(0);
        run.errorKind("home", "hold", "other", 1);
        assertThat(ofStatus("404", "count").status()).isEqualTo(AssertionStatus.INVALID);
    }

    private AssertionResult ofStatus(String status, String stat) {
        run.assertion("it", Metric.ERRORS, stat, new Scope(null, null, null, null, status), Op.LT, 1);
        return new Evaluation(run.measured()).result().assertions().getLast();
    }

    private static Terms terms(int every, double holdFor) {
        return new Terms(null, new Window(Duration.ofSeconds(every), holdFor), OnBreach.FAIL, OnNoData.INVALID);
    }

    private AssertionResult check(Metric metric, String stat, Op op, double value, Terms terms) {
        run.assertion("it", metric, stat, Scope.ALL, op, value).on(terms);
        return new Evaluation(run.measured()).result().assertions().getLast();
    }
}
