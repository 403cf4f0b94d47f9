package dev.loadstar.acceptance;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what is not there yet, without a test library: {@code ./loadstar verify} has none. */
final class Waiting {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Waiting() {}

    /** The first look that is wanted. */
    static <T> T until(String what, Duration atMost, Supplier<T> look, Predicate<T> wanted) {
        long begun = System.nanoTime();
        while (true) {
            T seen = look.get();
            if (wanted.test(seen)) {
                return seen;
            }
            if (System.nanoTime() - begun > atMost.toNanos()) {
                throw new AssertionError(
                        "not within %d s: %s; last seen: %s".formatted(atMost.toSeconds(), what, seen));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    static void until(String what, Duration atMost, BooleanSupplier holds) {
        boolean _ = until(what, atMost, holds::getAsBoolean, seen -> seen);
    }
}
