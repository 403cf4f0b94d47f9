package dev.loadstar.executor.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * This machine's clock as it was when the process began, gone on from there by the monotonic clock. Whoever sets the
 * machine's clock during a run moves no sample, no second and no deadline of it.
 */
public final class OwnClock implements InstantSource {

    private static final OwnClock OF_PROCESS = new OwnClock(InstantSource.system(), System::nanoTime);

    private final LongSupplier nanoClock;
    private final Instant base;
    private final long baseNanos;

    OwnClock(InstantSource wall, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.base = wall.instant();
        this.baseNanos = nanoClock.getAsLong();
    }

    /** Now, for everything in this process. */
    public static Instant now() {
        return OF_PROCESS.instant();
    }

    /** Time until then, negative if it is over. */
    public static Duration until(Instant then) {
        return Duration.between(now(), then);
    }

    @Override
    public Instant instant() {
        return base.plusNanos(nanoClock.getAsLong() - baseNanos);
    }
}
