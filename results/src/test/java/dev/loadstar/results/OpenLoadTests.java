package dev.loadstar.results;

import java.time.Duration;
import java.util.List;

import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.Op;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.contract.wire.Outcome;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Loads with a schedule: 2 s ramp to 100/s that is not measured, 100/s for 8 s; and 10 users on a grid of 1 s. */
class OpenLoadTests {

    private static final Load.Open OPEN = open(Load.Arrivals.EVEN);
    private static final Load.Closed PACED = new Load.Closed(
            0,
            List.of(
                    new Load.Stage("ramp", Duration.ofSeconds(2), 10, Load.Shape.RAMP, false),
                    new Load.Stage("hold", Duration.ofSeconds(8), 10, Load.Shape.HOLD, true)),
            Duration.ofSeconds(1),
            null,
            Duration.ZERO);

    private final Sampled run = new Sampled().with(OPEN).samples("home", "hold", Outcome.OK, 800, 100_000);

    @Test
    void loadThatArrivedIsThatOfTheBegunArrivals() {
        var result = new Evaluation(run.arrivals("ramp", 100, 0, 0)
                        .arrivals("hold", 760, 40, 0)
                        .measured())
                .result();

        var summary = requireNonNull(result.summary());
        assertThat(summary.loadDelivered()).isEqualTo(0.95);
        assertThat(summary.arrivals()).isEqualTo(new ArrivalResult(900, 860, 40, 0));
        assertThat(result.stages()).extracting(stage -> stage.loadDelivered()).containsExactly(1.0, 0.95);
        assertThat(result.stages())
                .extracting(stage -> stage.arrivals())
                .containsExactly(new ArrivalResult(100, 100, 0, 0), new ArrivalResult(800, 760, 40, 0));
    }

    @Test
    void droppedArrivalsAreNoFaultOfTheGeneratorAndStandInTheReason() {
        var judgement = run.arrivals("hold", 400, 400, 0)
                .assertion("errors < 1%", Metric.ERRORS, "ratio", Scope.ALL, Op.LT, 0.01)
                .judge();

        assertThat(judgement.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judgement.reason())
                .isEqualTo("1 of 1 assertion holds; 400 of 900 arrivals were dropped at `maxUsers`");
    }

    @Test
    void lateArrivalsAndThoseOfLostExecutorsMakeTheRunInvalid() {
        assertThat(run.arrivals("hold", 720, 0, 80).judge().verdict()).isEqualTo(Verdict.INVALID);

        var lost = new Sampled()
                .with(OPEN)
                .samples("home", "hold", Outcome.OK, 720, 100_000)
                .arrivals("hold", 700, 20, 0)
                .judge();

        assertThat(lost.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(lost.reason())
                .isEqualTo(
                        "the load asked for did not arrive: 90 % of it, at least 95 % is needed; give it more executors or ask for less");
    }

    @Test
    void intendedLatencyCountsFromTheSchedule() {
        run.arrivals("hold", 800, 0, 0);

        assertThat(check(Metric.LATENCY_SERVICE, "p95", Op.LT, 120).value()).isEqualTo(100);
        assertThat(requireNonNull(
                        check(Metric.LATENCY_INTENDED, "p95", Op.LT, 120).value()))
                .isBetween(150.0, 150.2);
    }

    @Test
    void droppedArrivalsRankAboveEverythingMeasured() {
        run.arrivals("hold", 800, 80, 0);

        var p90 = check(Metric.LATENCY_INTENDED, "p90", Op.LT, 1_000);
        var p95 = check(Metric.LATENCY_INTENDED, "p95", Op.LT, 1_000);
        var max = check(Metric.LATENCY_INTENDED, "max", Op.GT, 100_000);

        assertThat(p90.status()).isEqualTo(AssertionStatus.PASSED);
        assertThat(p90.aboveMax()).isFalse();
        assertThat(p95.status()).isEqualTo(AssertionStatus.FAILED);
        assertThat(p95.aboveMax()).isTrue();
        assertThat(requireNonNull(p95.value())).isBetween(150.0, 150.2);
        assertThat(max.status()).isEqualTo(AssertionStatus.PASSED);
        var latency = requireNonNull(
                requireNonNull(new Evaluation(run.measured()).result().summary())
                        .intendedLatencyMs());
        assertThat(latency.isAboveMax(90)).isFalse();
        assertThat(latency.isAboveMax(95)).isTrue();
    }

    @Test
    void droppedArrivalsCanBeAsserted() {
        run.arrivals("ramp", 0, 100, 0).arrivals("hold", 760, 32, 8);

        assertThat(check(Metric.ARRIVALS_DROPPED, "ratio", Op.LT, 0.05).value()).isEqualTo(0.04);
        assertThat(check(Metric.ARRIVALS_DROPPED, "count", Op.LE, 31).status()).isEqualTo(AssertionStatus.FAILED);
        assertThat(check(Metric.ARRIVALS_DROPPED, "rate", Op.LE, 10).value()).isEqualTo(4);
    }

    @Test
    void assertionOnArrivalsThatNobodyToldOfIsInvalid() {
        var dropped = check(Metric.ARRIVALS_DROPPED, "count", Op.LT, 1);

        assertThat(dropped.status()).isEqualTo(AssertionStatus.INVALID);
        assertThat(dropped.detail()).isEqualTo("no arrival was due");
    }

    @Test
    void arrivalsByChanceAreComparedWithThoseOfTheirSeed() {
        var measured = run.with(open(Load.Arrivals.POISSON)).measured();
        var plan = measured.run().plan();
        var planned = PlannedArrivals.of(plan, plan.scenarios().getFirst(), open(Load.Arrivals.POISSON));

        long inAll = planned.between(Duration.ZERO, Duration.ofSeconds(10));
        long inHold = planned.between(Duration.ofSeconds(2), Duration.ofSeconds(10));
        assertThat(inAll).isBetween(780L, 1_020L).isNotEqualTo(900);
        assertThat(inHold + planned.between(Duration.ZERO, Duration.ofSeconds(2)))
                .isEqualTo(inAll);
    }

    @Test
    void stageWhoseRateWasChangedIsMeasuredAgainstWhatWasThenPlanned() {
        var changed = new Load.Open(
                0,
                List.of(
                        new Load.RateStage("ramp", Duration.ofSeconds(2), 100, Load.Shape.RAMP, false),
                        new Load.RateStage("hold", Duration.ofSeconds(4), 100, Load.Shape.HOLD, true),
                        new Load.RateStage("hold", Duration.ofSeconds(4), 50, Load.Shape.JUMP, true)),
                Load.Arrivals.EVEN,
                7,
                500,
                Duration.ZERO);

        var result =
                new Evaluation(run.with(changed).arrivals("hold", 540, 0, 0).measured()).result();

        assertThat(result.stages()).extracting(stage -> stage.name()).containsExactly("ramp", "hold");
        assertThat(requireNonNull(result.summary()).loadDelivered()).isEqualTo(0.9);
        assertThat(result.stages().getLast().arrivals()).isEqualTo(new ArrivalResult(600, 540, 0, 0));
    }

    @Test
    void pacedLoadIsMeasuredByItsIterations() {
        var paced = new Sampled().with(PACED).samples("home", "hold", Outcome.OK, 60, 100_000);

        var result = new Evaluation(paced.arrivals("hold", 60, 0, 0).measured()).result();

        assertThat(requireNonNull(result.summary()).loadDelivered()).isEqualTo(0.75);
        // The users were there all the time: it was the target that kept them busy.
        assertThat(paced.judge().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(paced.delivering(0.5).judge().verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void usersOnARampBeginWholeIntervalsOfTheTimeInWhichTheyAreWanted() {
        assertThat(PacedIterations.planned(PACED, Duration.ofMinutes(1)))
                .containsEntry("hold", 80.0)
                // Users 0 to 4 are wanted for a whole second of the ramp, the others for less.
                .containsEntry("ramp", 5.0);
        assertThat(PacedIterations.planned(PACED, Duration.ofSeconds(6))).containsEntry("hold", 40.0);
    }

    private AssertionResult check(Metric metric, String stat, Op op, double value) {
        run.assertion("it", metric, stat, Scope.ALL, op, value);
        return new Evaluation(run.measured()).result().assertions().getLast();
    }

    private static Load.Open open(Load.Arrivals arrivals) {
        return new Load.Open(
                0,
                List.of(
                        new Load.RateStage("ramp", Duration.ofSeconds(2), 100, Load.Shape.RAMP, false),
                        new Load.RateStage("hold", Duration.ofSeconds(8), 100, Load.Shape.HOLD, true)),
                arrivals,
                7,
                500,
                Duration.ZERO);
    }
}
