package dev.loadstar.results;

import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.Op;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.contract.wire.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the target's Prometheus told, one value a second from 0.6 s after the start on; the ramp ends at 2 s, the load at 10 s. */
class TargetAssertionTests {

    private static final double[] CPU = {90, 90, 40, 60, 80, 20, 50, 50, 50, 50, 99};

    private final Sampled run = new Sampled().samples("home", "hold", Outcome.OK, 1_000, 100_000);

    @ParameterizedTest
    @CsvSource({"avg, 50", "min, 20", "max, 80", "p50, 50", "p90, 80", "last, 50", "stddev, 15.8114"})
    void statisticsAreOfTheValuesWhileThereWasLoadThatIsMeasured(String stat, double value) {
        run.target("cpu", null, CPU);

        assertThat(check(stat, Scope.ALL, Op.LE, 80).value()).isEqualTo(value);
        assertThat(check(stat, Scope.ALL, Op.LE, 80).status()).isEqualTo(AssertionStatus.PASSED);
        assertThat(check(stat, Scope.ALL, Op.LE, 80).unit()).isEqualTo("percent");
    }

    @Test
    void stageThatIsNamedHasValuesOfItsOwn() {
        run.target("cpu", null, CPU);

        var ramp = check("avg", new Scope(null, null, "ramp"), Op.LT, 80);

        assertThat(ramp.value()).isEqualTo(90);
        assertThat(ramp.status()).isEqualTo(AssertionStatus.FAILED);
    }

    @Test
    void prometheusThatWasAwayMakesTheRunInvalidHoweverManyValuesItToldBefore() {
        run.target("cpu", "Prometheus `main` did not answer within 10 s", CPU);

        var judged = check("max", Scope.ALL, Op.LT, 200);

        assertThat(judged.status()).isEqualTo(AssertionStatus.INVALID);
        assertThat(judged.value()).isNull();
        assertThat(judged.detail()).isEqualTo("Prometheus `main` did not answer within 10 s");
        assertThat(run.judge().verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void queryWithoutAValueMakesTheRunInvalid() {
        run.target("cpu", null, 90);

        assertThat(check("max", Scope.ALL, Op.LT, 200).detail())
                .isEqualTo("the query gave no value while there was load of its scope");
        assertThat(run.judge().verdict()).isEqualTo(Verdict.INVALID);
    }

    private AssertionResult check(String stat, Scope scope, Op op, double value) {
        run.assertion("cpu", Metric.PROMETHEUS, stat, scope.of("cpu"), op, value);
        return new Evaluation(run.measured()).result().assertions().getLast();
    }
}
