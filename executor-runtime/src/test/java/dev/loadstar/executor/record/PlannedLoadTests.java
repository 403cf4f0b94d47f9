package dev.loadstar.executor.record;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.plan.Load.Stage;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Stripe;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PlannedLoadTests {

    private static final long SECOND = 1_000_000;

    private final Load.Closed load = new Load.Closed(
            0,
            List.of(
                    new Stage("ramp", Duration.ofSeconds(10), 5, Shape.RAMP, false),
                    new Stage("hold", Duration.ofSeconds(10), 5, Shape.HOLD, true)),
            Duration.ofSeconds(1));

    @Test
    void sharesOfAllExecutorsAddUpToThePlan() {
        for (int second = 100; second < 122; second++) {
            double whole = plan(load, 0, 1, Duration.ZERO).usersIn(second);
            double parts = plan(load, 0, 3, Duration.ZERO).usersIn(second)
                    + plan(load, 1, 3, Duration.ZERO).usersIn(second)
                    + plan(load, 2, 3, Duration.ZERO).usersIn(second);
            assertThat(parts).isCloseTo(whole, within(1e-9));
        }
        assertThat(plan(load, 0, 1, Duration.ZERO).usersIn(115)).isEqualTo(5);
        assertThat(plan(load, 0, 1, Duration.ZERO).usersIn(121)).isZero();
    }

    @Test
    void stagesCountFromTheScenariosOwnStart() {
        var plan = plan(load, 0, 1, Duration.ofSeconds(5));

        assertThat(plan.startMicros()).isEqualTo(105 * SECOND);
        assertThat(plan.stageAt(114 * SECOND)).isEqualTo("ramp");
        assertThat(plan.stageAt(116 * SECOND)).isEqualTo("hold");
        assertThat(plan.usersIn(102)).isZero();
    }

    @Test
    void rampLetsTheFirstUserWaitAndAJumpDoesNot() {
        var jump = new Load.Closed(
                0, List.of(new Stage("hold", Duration.ofSeconds(9), 1, Shape.JUMP, true)), Duration.ZERO);

        assertThat(plan(load, 0, 1, Duration.ZERO).beginsAtOnce()).isFalse();
        assertThat(plan(jump, 0, 2, Duration.ZERO).beginsAtOnce()).isTrue();
        assertThat(plan(jump, 1, 2, Duration.ZERO).beginsAtOnce()).isFalse();
    }

    @Test
    void revisionHoldsFromItsInstantOn() {
        var plan = plan(load, 0, 1, Duration.ZERO);
        var half = new Load.Closed(
                0, List.of(new Stage("less", Duration.ofSeconds(20), 2, Shape.HOLD, true)), Duration.ZERO);
        plan.apply(new PlanRevision(1, Duration.ofSeconds(15), half, List.of(Stripe.WHOLE)));

        assertThat(plan.usersIn(114)).isEqualTo(5);
        assertThat(plan.usersIn(115)).isEqualTo(2);
        assertThat(plan.revisionAt(114 * SECOND)).isZero();
        assertThat(plan.revisionAt(115 * SECOND)).isEqualTo(1);
        assertThat(plan.stageAt(116 * SECOND)).isEqualTo("less");
    }

    @Test
    void scriptWithItsOwnLoadHasNoPlannedUsersAndOneStage() {
        var plan = plan(new Load.FromScript(Duration.ZERO), 0, 1, Duration.ZERO);

        assertThat(plan.usersIn(105)).isNaN();
        assertThat(plan.stageAt(105 * SECOND)).isEqualTo(Load.FromScript.STAGE);
        assertThat(plan.beginsAtOnce()).isTrue();
    }

    private static PlannedLoad plan(Load load, int index, int of, Duration startAfter) {
        var scenario =
                new ScenarioPlan("shop", "kit", startAfter, new ScenarioPlan.Script("s", Map.of()), load, List.of());
        var target = new RunPlan.Target("http://127.0.0.1", List.of());
        return new PlannedLoad(new Shard(1, index, of, scenario, target, List.of(), Inputs.NONE), 100 * SECOND);
    }
}
