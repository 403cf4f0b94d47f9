package dev.loadstar.executor.gatling;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.LiveSchedule;

/** How the thread that leads a load waits, so that it neither misses an instant nor an order to stop. */
final class Waits {

    /** An order to stop, or another plan, is seen this soon. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Waits() {}

    static void untilStart(LiveSchedule plan, Ending ending) {
        untilStart(plan::elapsed, ending);
    }

    /** @param elapsed nanoseconds since the start, negative before it */
    static void untilStart(LongSupplier elapsed, Ending ending) {
        for (long now = elapsed.getAsLong(); now < 0 && !ending.isAsked(); now = elapsed.getAsLong()) {
            until(-now);
        }
    }

    /** That many nanoseconds, or a shorter time. */
    static void until(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(Math.min(nanos, LOOK_NANOS));
        }
    }
}
