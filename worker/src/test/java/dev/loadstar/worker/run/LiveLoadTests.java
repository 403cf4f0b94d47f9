package dev.loadstar.worker.run;

import java.time.Duration;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.RateStage;
import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.plan.Load.Stage;
import dev.loadstar.contract.schedule.ArrivalSchedule;
import dev.loadstar.contract.schedule.UserSchedule;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LiveLoadTests {

    private static final Duration GRACE = Duration.ofSeconds(5);

    /** 0 to 100/s in 10 s, held for 20 s, then to 200/s in 10 s. */
    private static LiveLoad open() {
        return new LiveLoad(new Load.Open(
                0,
                List.of(
                        new RateStage("up", seconds(10), 100, Shape.RAMP, false),
                        new RateStage("steady", seconds(20), 100, Shape.HOLD, true),
                        new RateStage("more", seconds(10), 200, Shape.RAMP, true)),
                Load.Arrivals.EVEN,
                1,
                1000,
                GRACE));
    }

    private static LiveLoad closed() {
        return new LiveLoad(new Load.Closed(
                0,
                List.of(
                        new Stage("up", seconds(10), 100, Shape.RAMP, false),
                        new Stage("steady", seconds(20), 100, Shape.HOLD, true)),
                GRACE));
    }

    @Test
    void rateOfTheRunningStageHoldsUpToItsEndAndTheNextStageStartsFromThere() {
        var load = open();

        load.change(seconds(15), 40.0, null);

        assertThat(rate(load, 14)).isEqualTo(100);
        assertThat(rate(load, 15)).isEqualTo(40);
        assertThat(rate(load, 29)).isEqualTo(40);
        assertThat(rate(load, 35)).isCloseTo(120, within(1e-9));
        assertThat(stage(load, 14)).isEqualTo("steady");
        assertThat(stage(load, 16)).isEqualTo("steady");
        assertThat(stage(load, 31)).isEqualTo("more");
    }

    @Test
    void sequenceOfArrivalsGoesOnWhereverItIsCut() {
        for (double at = 0.5; at < 40; at += 0.73) {
            var changed = open();
            Duration when = Duration.ofNanos((long) (at * 1e9));
            double before = schedule(open()).accumulated(when.toNanos());

            changed.change(when, 77.7, null);

            assertThat(schedule(changed).accumulated(when.toNanos())).isCloseTo(before, within(1e-6));
            assertThat(changed.current().plannedDuration()).isEqualTo(seconds(40));
        }
    }

    @Test
    void pauseLastsThroughAllStagesUntilItIsTakenBack() {
        var load = open();

        load.change(seconds(5), null, true);
        assertThat(rate(load, 4)).isCloseTo(40, within(1e-9));
        assertThat(rate(load, 5)).isZero();
        assertThat(rate(load, 39)).isZero();
        assertThat(schedule(load).total()).isCloseTo(125, within(1e-3));

        load.change(seconds(35), null, false);
        assertThat(rate(load, 34)).isZero();
        assertThat(rate(load, 36)).isCloseTo(160, within(0.1));
        assertThat(load.current().plannedDuration()).isEqualTo(seconds(40));
        assertThat(schedule(load).total()).isCloseTo(125 + 875, within(0.1));
    }

    @Test
    void whatIsSetWhilePausedHoldsAfterwards() {
        var load = closed();

        load.change(seconds(12), null, true);
        load.change(seconds(14), 30.0, null);
        assertThat(users(load, 15)).isZero();
        load.change(seconds(16), null, false);

        assertThat(users(load, 17)).isEqualTo(30);
        assertThat(users(load, 11)).isEqualTo(100);
        assertThat(load.current().plannedDuration()).isEqualTo(seconds(30));
    }

    @Test
    void usersSetWithinARampHoldUpToItsEnd() {
        var load = closed();

        load.change(seconds(3), 7.0, null);

        assertThat(users(load, 2)).isEqualTo(20);
        assertThat(users(load, 3)).isEqualTo(7);
        assertThat(users(load, 9)).isEqualTo(7);
        assertThat(users(load, 10)).isEqualTo(100);
        assertThat(load.stageAt(seconds(4))).isEqualTo("up");
    }

    @Test
    void changeOfChangesOnlyWhatComesAfter() {
        var load = closed();

        load.change(seconds(12), 10.0, null);
        load.change(seconds(14), 20.0, null);
        load.change(seconds(16), 30.0, null);

        assertThat(List.of(users(load, 11), users(load, 13), users(load, 15), users(load, 17)))
                .containsExactly(100, 10, 20, 30);
        assertThat(load.isOver(seconds(30))).isTrue();
    }

    @Test
    void loadOfAScriptOrOfIterationsIsNotForPeopleToChange() {
        assertThat(new LiveLoad(new Load.FromScript(GRACE)).isChangeable()).isFalse();
        assertThat(new LiveLoad(new Load.Iterations(1, 10, seconds(10), GRACE)).isChangeable())
                .isFalse();
        assertThat(open().isChangeable()).isTrue();
    }

    private static ArrivalSchedule schedule(LiveLoad load) {
        return ArrivalSchedule.of((Load.Open) load.current());
    }

    private static double rate(LiveLoad load, int second) {
        return schedule(load).rate(seconds(second));
    }

    private static String stage(LiveLoad load, int second) {
        return schedule(load).stageAt(seconds(second));
    }

    private static int users(LiveLoad load, int second) {
        return UserSchedule.of((Load.Closed) load.current()).users(seconds(second));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
