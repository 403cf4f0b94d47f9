package dev.loadstar.results;

import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.OnBreach;
import dev.loadstar.contract.plan.AssertionPlan.OnNoData;
import dev.loadstar.contract.plan.AssertionPlan.Op;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.plan.AssertionPlan.Terms;
import dev.loadstar.contract.plan.AssertionPlan.VsBaseline;
import dev.loadstar.contract.plan.BaselinePlan.IfMissing;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.results.compare.Figure;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code p95 <= baseline +10%, at least 15ms}, against runs whose p95 is 113 ms at a level of 100. */
class VsBaselineTests {

    @Test
    void slowerThanNoiseAndLimitAllowFailsAndSaysWhy() {
        var result = judge(120, OnBreach.FAIL, 99, 100, 101, 100, 100);

        assertThat(result.status()).isEqualTo(AssertionStatus.FAILED);
        assertThat(result.value()).isBetween(135.0, 137.0);
        assertThat(result.detail())
                .matches(
                        "\\+(19|20)\\.\\d % against the median of runs 1, 2, 3, 4 and 5 \\(113[.\\d]* ms\\); 5 runs differ by"
                                + " ±0\\.7 % among themselves, which does not explain it; the smallest change that is found here is"
                                + " \\+1\\d\\.\\d %");
    }

    @Test
    void changeBelowTheLimitOrTheFloorHolds() {
        assertThat(judge(108, OnBreach.FAIL, 99, 100, 101).status()).isEqualTo(AssertionStatus.PASSED);
        assertThat(judge(12, OnBreach.FAIL, 10, 10, 10).status()).isEqualTo(AssertionStatus.PASSED);
    }

    @Test
    void breachDoesToTheVerdictWhatTheTermsSay() {
        assertThat(judge(120, OnBreach.WARN, 99, 100, 101).status()).isEqualTo(AssertionStatus.WARNED);
        assertThat(judge(120, OnBreach.RECORD, 99, 100, 101).status()).isEqualTo(AssertionStatus.RECORDED);
    }

    @Test
    void fewerThanThreeRunsOnlyWarn() {
        var result = judge(300, OnBreach.FAIL, 99, 100);

        assertThat(result.status()).isEqualTo(AssertionStatus.WARNED);
        assertThat(result.detail()).endsWith("with 2 runs nobody can tell a change from noise, 3 are needed");
    }

    @Test
    void oneReferenceRunIsNamed() {
        var baselines = new Baselines(IfMissing.SKIP);
        for (int i = 0; i < 4; i++) {
            baselines.add("a0", 40 + i, i == 0, figure(99 + i));
        }

        assertThat(judge(100, OnBreach.FAIL, baselines).detail())
                .startsWith("+1.")
                .contains("against run 40 (");
    }

    @Test
    void withoutAnyRunItIsNotJudgedUnlessThereMustBeOne() {
        var skipped = judge(300, OnBreach.FAIL, new Baselines(IfMissing.SKIP));
        var failed = judge(300, OnBreach.FAIL, new Baselines(IfMissing.FAIL));

        assertThat(skipped.status()).isEqualTo(AssertionStatus.PASSED);
        assertThat(skipped.detail()).contains("so it was not judged");
        assertThat(failed.status()).isEqualTo(AssertionStatus.FAILED);
    }

    @Test
    void beforeTheEndItIsNotJudged() {
        var result = new Evaluation(run(100, OnBreach.FAIL).measured())
                .result()
                .assertions()
                .getFirst();

        assertThat(result.status()).isEqualTo(AssertionStatus.INVALID);
        assertThat(result.detail()).isEqualTo("it is held against other runs when the load is over");
    }

    private static AssertionResult judge(int level, OnBreach onBreach, int... earlier) {
        var baselines = new Baselines(IfMissing.SKIP);
        for (int i = earlier.length - 1; i >= 0; i--) {
            baselines.add("a0", i + 1, true, figure(earlier[i]));
        }
        return judge(level, onBreach, baselines);
    }

    private static AssertionResult judge(int level, OnBreach onBreach, Baselines baselines) {
        return new Evaluation(run(level, onBreach).measured(), baselines)
                .result()
                .assertions()
                .getFirst();
    }

    private static Figure figure(int level) {
        var measured = run(level, OnBreach.FAIL).measured();
        return requireNonNull(new Evaluation(measured)
                .check()
                .figure(measured.run().plan().assertions().getFirst()));
    }

    /** 1,000 requests of 85 to 115 ms at a level of 100. */
    private static Sampled run(int level, OnBreach onBreach) {
        var run = new Sampled();
        for (int i = 0; i < 100; i++) {
            run.samples("home", "hold", Outcome.OK, 10, level * (850L + 3L * i));
        }
        return run.assertion("p95 <= baseline +10%, at least 15ms", Metric.LATENCY_SERVICE, "p95", Scope.ALL, Op.LE, 0)
                .on(new Terms(null, null, onBreach, OnNoData.INVALID, new VsBaseline(0.1, 15)));
    }
}
