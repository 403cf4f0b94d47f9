package dev.loadstar.executor.clock;

import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ClockEstimateTests {

    private static final long MS = 1_000_000;

    @Test
    void withoutAProbeNothingIsKnownAndNothingApplied() {
        assertThat(new ClockEstimate().best()).isEqualTo(ClockOffset.UNKNOWN);
        assertThat(ClockOffset.UNKNOWN.appliedNanos()).isZero();
    }

    @Test
    void delayedProbesDoNotSpoilTheEstimate() {
        var estimate = new ClockEstimate();
        var random = new Random(1);
        long ahead = 40 * MS;
        for (int i = 0; i < 50; i++) {
            // There in 0.2 ms; back in 0.2 ms, of most with a long queue before it.
            long back = MS / 5 + (i % 7 == 0 ? 0 : random.nextLong(300 * MS));
            long sent = i * 500L * MS;
            long worker = sent + MS / 5;
            long received = worker + back;
            estimate.add(sent, received, received + ahead, worker);
        }

        assertThat(estimate.best().offsetNanos()).isCloseTo((double) ahead, within(MS / 5.0));
        assertThat(estimate.best().uncertaintyNanos()).isEqualTo(MS / 5.0);
        assertThat(estimate.best().appliedNanos()).isCloseTo(ahead, within(MS / 5));
    }

    @Test
    void offsetSmallerThanItsUncertaintyIsNotApplied() {
        assertThat(new ClockOffset(0.9 * MS, MS).appliedNanos()).isZero();
        assertThat(new ClockOffset(-1.1 * MS, MS).appliedNanos()).isEqualTo(Math.round(-1.1 * MS));
    }

    @Test
    void oldProbesAreForgottenSoThatDriftIsFollowed() {
        var estimate = new ClockEstimate();
        estimate.add(0, 10, 1_005, 5);
        for (int i = 1; i <= 64; i++) {
            estimate.add(i * MS, i * MS + 100, i * MS + 2_050, i * MS + 50);
        }

        assertThat(estimate.best().offsetNanos()).isEqualTo(1_950);
    }

    @Test
    void instantsGoToTheWorkersClockAndBack() {
        var clock = WorkerClock.of(new ClockOffset(3_000 * MS, MS));
        long own = WorkerClock.micros(Instant.now());

        assertThat(clock.fromOwn(own)).isEqualTo(own - 3_000_000);
        assertThat(WorkerClock.micros(clock.toOwn(clock.fromOwn(own)))).isEqualTo(own);
        assertThat(clock.nowMicros()).isBetween(own - 3_000_000 - 1_000, own - 3_000_000 + 1_000_000);
    }
}
