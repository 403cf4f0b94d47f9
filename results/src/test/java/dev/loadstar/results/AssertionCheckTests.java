package dev.loadstar.results;

import java.time.Duration;
import java.util.List;

import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.Op;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AssertionCheckTests {

    private final Sampled run = new Sampled()
            .samples("home", "ramp", Outcome.OK, 100, 900_000)
            .samples("home", "hold", Outcome.OK, 950, 100_000)
            .samples("home", "hold", Outcome.ERROR, 50, 1_000)
            .samples("checkout", "hold", Outcome.OK, 99, 200_000)
            .samples("whole visit", "hold", SampleKind.TRANSACTION, Outcome.OK, 40, 5_000_000);

    @Test
    void stagesThatAreNotMeasuredCountOnlyWhereTheyAreNamed() {
        assertThat(check(Metric.REQUESTS, "count", Scope.ALL, Op.GE, 1_099).value())
                .isEqualTo(1_099);
        assertThat(check(Metric.REQUESTS, "count", scope(null, "ramp"), Op.GE, 1)
                        .value())
                .isEqualTo(100);
    }

    @Test
    void transactionsCountOnlyWhereTheyAreNamed() {
        assertThat(check(Metric.LATENCY_SERVICE, "max", Scope.ALL, Op.LT, 300).value())
                .isEqualTo(200);
        assertThat(check(Metric.LATENCY_SERVICE, "max", scope("whole visit", null), Op.LT, 300))
                .extracting(AssertionResult::value, AssertionResult::status)
                .containsExactly(5_000.0, AssertionStatus.FAILED);
    }

    @Test
    void allOutcomesCountForLatencyAndErrorsAreTheirShare() {
        assertThat(check(Metric.LATENCY_SERVICE, "min", Scope.ALL, Op.GT, 0).value())
                .isEqualTo(1.0);
        assertThat(check(Metric.ERRORS, "ratio", scope("home", null), Op.LT, 0.05))
                .extracting(AssertionResult::value, AssertionResult::status, AssertionResult::unit)
                .containsExactly(0.05, AssertionStatus.FAILED, "ratio");
        assertThat(check(Metric.ERRORS, "count", Scope.ALL, Op.LE, 50).status()).isEqualTo(AssertionStatus.PASSED);
    }

    @Test
    void ratesAreOverTheTimeOfTheStagesInScope() {
        assertThat(check(Metric.REQUESTS, "rate", Scope.ALL, Op.GE, 100))
                .extracting(AssertionResult::value, AssertionResult::unit)
                .containsExactly(1_099 / 8.0 + 0.005, "per-second");
        assertThat(check(Metric.REQUESTS, "rate", scope(null, "ramp"), Op.GE, 50)
                        .value())
                .isEqualTo(50);
    }

    @Test
    void percentileNeedsEnoughSamplesToBeOne() {
        var p99 = check(Metric.LATENCY_SERVICE, "p99", scope("checkout", null), Op.LT, 1_000);

        assertThat(p99.status()).isEqualTo(AssertionStatus.INVALID);
        assertThat(p99.value()).isNull();
        assertThat(p99.detail())
                .isEqualTo("99 of the 100 samples that it needs; let it run longer or judge a lower percentile");
        assertThat(check(Metric.LATENCY_SERVICE, "p95", scope("checkout", null), Op.LT, 1_000)
                        .status())
                .isEqualTo(AssertionStatus.PASSED);
    }

    @Test
    void planMayAskForMoreSamples() {
        run.validity(new Validity(0.95, 0.9, Duration.ofMillis(250), 0.01, 5_000));

        assertThat(check(Metric.LATENCY_SERVICE, "avg", Scope.ALL, Op.LT, 1_000).detail())
                .isEqualTo("1099 of the 5000 samples that it needs; let it run longer or lower `validity.minSamples`");
    }

    @Test
    void labelThatDoesNotExistNamesTheNearestOnes() {
        var mistyped = check(Metric.LATENCY_SERVICE, "p95", scope("chekout", null), Op.LT, 1_000);

        assertThat(mistyped.status()).isEqualTo(AssertionStatus.INVALID);
        assertThat(mistyped.detail())
                .isEqualTo(
                        "no request named 'chekout' was measured; correct the name to one such as 'checkout', 'home', 'whole visit'");
    }

    @Test
    void deliveredLoadCanBeAsserted() {
        run.delivering(0.97);

        var delivered = check(Metric.LOAD_DELIVERED, "ratio", Scope.ALL, Op.GE, 0.98);

        assertThat(delivered.status()).isEqualTo(AssertionStatus.FAILED);
        assertThat(delivered.value()).isEqualTo(0.97);
    }

    private AssertionResult check(Metric metric, String stat, Scope scope, Op op, double value) {
        run.assertion("it", metric, stat, scope, op, value);
        List<AssertionResult> all = new Evaluation(run.measured()).result().assertions();
        return all.getLast();
    }

    private static Scope scope(@Nullable String request, @Nullable String stage) {
        return new Scope(null, request, stage);
    }
}
