package dev.loadstar.results;

import java.time.Duration;

import dev.loadstar.contract.plan.AbortRule;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.contract.wire.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class JudgeTests {

    private static final long FAST = 100_000;
    private static final long SLOW = 400_000;

    private final Sampled run = new Sampled();

    /** Every finding at once; each test takes the first ones away. */
    private Sampled everythingWrong() {
        return failing().losing(1_000).delivering(0.5);
    }

    private Sampled failing() {
        return run.samples("home", "hold", Outcome.OK, 1_000, SLOW).latencyAssertion();
    }

    private Sampled passing() {
        return run.samples("home", "hold", Outcome.OK, 1_000, FAST).latencyAssertion();
    }

    @Test
    void personWhoStoppedItComesBeforeAllElse() {
        var judgement = everythingWrong()
                .ended(EndReason.STOPPED_BY_USER, "stopped by admin", true)
                .judge();

        assertThat(judgement)
                .isEqualTo(new Judgement(Verdict.ABORTED, null, "stopped by admin", EndReason.STOPPED_BY_USER, null));
    }

    @ParameterizedTest
    @EnumSource(
            value = EndReason.class,
            names = {
                "NOT_READY",
                "NO_CAPACITY",
                "EXECUTORS_LOST",
                "WORKER_LOST",
                "TOOL_FAILED",
                "TIMED_OUT",
                "PLATFORM_ERROR"
            })
    void runThatBrokeIsErroredWithANamedError(EndReason reason) {
        var judgement = everythingWrong().ended(reason, "it broke.", false).judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(judgement.reason()).isEqualTo("it broke");
        assertThat(judgement.endReason()).isEqualTo(reason);
        assertThat(judgement.errorCode()).isNotNull();
    }

    @Test
    void runWithoutAnySampleThatBrokeSaysWhy() {
        var judgement = run.latencyAssertion()
                .ended(EndReason.NOT_READY, "", false)
                .errorCode("target-unreachable")
                .judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(judgement.errorCode()).isEqualTo("target-unreachable");
        assertThat(judgement.reason()).isEqualTo("not every executor got ready in time");
    }

    @Test
    void toolThatFailedSharpensTheWorkersWord() {
        var judgement = passing().toolFailed("no such plug-in").judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(judgement.endReason()).isEqualTo(EndReason.TOOL_FAILED);
        assertThat(judgement.reason()).isEqualTo("the tool of executor 1 failed: no such plug-in");
    }

    @Test
    void targetThatTookNoConnectionAtAllWasNeverThere() {
        var judgement = run.samples("home", "hold", Outcome.ERROR, 1_234, FAST)
                .error("connect.refused", 1_234)
                .latencyAssertion()
                .judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(judgement.errorCode()).isEqualTo("target-unreachable");
        assertThat(judgement.reason())
                .isEqualTo(
                        "the target http://127.0.0.1:8090 took no connection: all 1,234 requests ended with connect.refused");
    }

    @Test
    void targetThatCollapsesIsFailedAndNotInvalid() {
        var judgement = failing().delivering(0.5).judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judgement.reason()).isEqualTo("1 of 1 assertion does not hold");
    }

    @Test
    void targetThatCollapsesIsFailedAlsoWhereItLeftTooFewSamplesForAPercentile() {
        var judgement = run.samples("home", "hold", Outcome.OK, 2, FAST)
                .samples("home", "hold", Outcome.ERROR, 40, 30_000_000)
                .assertion(
                        "p99 < 1s", Metric.LATENCY_SERVICE, "p99", AssertionPlan.Scope.ALL, AssertionPlan.Op.LT, 1_000)
                .assertion("errors < 1%", Metric.ERRORS, "ratio", AssertionPlan.Scope.ALL, AssertionPlan.Op.LT, 0.01)
                .delivering(0.5)
                .judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judgement.reason()).isEqualTo("1 of 2 assertions does not hold");
    }

    @Test
    void percentileWithoutEnoughSamplesIsInvalidAndSaysWhatToDo() {
        var judgement = run.samples("home", "hold", Outcome.OK, 42, FAST)
                .assertion(
                        "p99 < 1s", Metric.LATENCY_SERVICE, "p99", AssertionPlan.Scope.ALL, AssertionPlan.Op.LT, 1_000)
                .assertion("errors < 1%", Metric.ERRORS, "ratio", AssertionPlan.Scope.ALL, AssertionPlan.Op.LT, 0.01)
                .judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judgement.wouldBe()).isEqualTo(Verdict.PASSED);
        assertThat(judgement.reason())
                .isEqualTo(
                        "'p99 < 1s' cannot be judged: 42 of the 100 samples that it needs; let it run longer or judge a lower percentile");
    }

    @Test
    void nothingMeasuredIsInvalidAlsoWithoutAssertions() {
        var judgement = run.judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judgement.wouldBe()).isNull();
        assertThat(judgement.reason())
                .isEqualTo(
                        "nothing was measured: no request was completed, see the executors' logs for what they did instead");
    }

    @Test
    void lostSamplesAreInvalidAndTellWhatItWouldBe() {
        var judgement = everythingWrong().judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judgement.wouldBe()).isEqualTo(Verdict.FAILED);
        assertThat(judgement.reason())
                .isEqualTo(
                        "1,000 of 2,000 samples were lost, 50 % of them; at most 1 % may be, see the executors' logs for a full disk or an executor that was killed");
    }

    @Test
    void busyGeneratorIsInvalid() {
        var judgement = passing().cpu(0.97).judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judgement.wouldBe()).isEqualTo(Verdict.PASSED);
        assertThat(judgement.reason()).startsWith("executor 1 used 97 % of its CPU; more than 90 % is not trusted");
    }

    @Test
    void unevenStartIsInvalid() {
        var judgement = passing().skewed(-300.5).judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judgement.reason())
                .isEqualTo(
                        "executor 1 began -300.5 ms off the common start; at most 250 ms is allowed, start fewer executors on one machine or raise `validity.maxStartSkew`");
    }

    @Test
    void assertionOnNothingIsInvalid() {
        var judgement = run.samples("home", "ramp", Outcome.OK, 1_000, FAST)
                .latencyAssertion()
                .judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judgement.wouldBe()).isNull();
        assertThat(judgement.reason()).isEqualTo("'p95 < 300ms' cannot be judged: no sample was measured in its scope");
    }

    @Test
    void ruleThatStoppedItGivesItsVerdict() {
        String why = "rule 'meltdown' stopped the run: errors > 50% over 10s, it was 63 %";

        assertThat(passing().stoppedByRule(why, AbortRule.Outcome.FAILED).judge())
                .isEqualTo(new Judgement(Verdict.FAILED, null, why, EndReason.STOPPED_BY_RULE, null));
        assertThat(run.stoppedByRule(why, AbortRule.Outcome.ABORTED).judge())
                .isEqualTo(new Judgement(Verdict.ABORTED, null, why, EndReason.STOPPED_BY_RULE, null));
    }

    @Test
    void ruleFailsARunAlsoWhereItsAssertionsHadNothingToJudgeYet() {
        assertThat(run.latencyAssertion()
                        .stoppedByRule("rule 'meltdown' stopped the run", AbortRule.Outcome.FAILED)
                        .judge()
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(run.samples("home", "hold", Outcome.OK, 1_000, FAST)
                        .cpu(0.97)
                        .judge())
                .extracting(Judgement::verdict, Judgement::wouldBe)
                .containsExactly(Verdict.INVALID, Verdict.FAILED);
    }

    @Test
    void loadThatDidNotArriveIsInvalid() {
        var judgement = passing().delivering(0.912).judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judgement.wouldBe()).isEqualTo(Verdict.PASSED);
        assertThat(judgement.reason())
                .isEqualTo(
                        "the load asked for did not arrive: 91.2 % of it, at least 95 % is needed; give it more executors or ask for less");
    }

    @Test
    void assertionsThatHoldPass() {
        assertThat(passing().judge())
                .isEqualTo(new Judgement(Verdict.PASSED, null, "1 of 1 assertion holds", EndReason.COMPLETED, null));
    }

    @Test
    void runWithoutAssertionsPassesOnWhatItMeasured() {
        var judgement = run.samples("home", "hold", Outcome.OK, 1_234, FAST).judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judgement.reason()).isEqualTo("no assertions; 1,234 requests");
    }

    @Test
    void validityIsThePlans() {
        var patient = new Validity(0.4, 1, Duration.ofSeconds(1), 0.6, 1);

        assertThat(passing()
                        .losing(1_000)
                        .delivering(0.5)
                        .cpu(0.97)
                        .validity(patient)
                        .judge()
                        .verdict())
                .isEqualTo(Verdict.PASSED);
    }
}
