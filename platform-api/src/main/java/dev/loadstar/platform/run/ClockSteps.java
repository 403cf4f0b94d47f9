package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Notices that somebody has put the clock forward, or that the machine slept: then no deadline has come nearer, because
 * nobody had the time. A clock that is put back only makes deadlines later.
 */
final class ClockSteps {

    /** Clocks that are set right bit by bit and beats that come late stay below this. */
    private static final Duration NOTICED = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private Instant seenAt;
    private long seenNanos;

    ClockSteps(InstantSource clock, LongSupplier nanoClock) {
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.seenAt = clock.instant();
        this.seenNanos = nanoClock.getAsLong();
    }

    /** How far the clock was put forward since the last call; zero where it just went on. */
    Duration forward() {
        Instant now = clock.instant();
        long nanos = nanoClock.getAsLong();
        Duration step = Duration.between(seenAt, now).minusNanos(nanos - seenNanos);
        seenAt = now;
        seenNanos = nanos;
        return step.compareTo(NOTICED) > 0 ? step : Duration.ZERO;
    }
}
