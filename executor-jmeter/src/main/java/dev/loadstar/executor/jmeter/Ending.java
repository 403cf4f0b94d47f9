package dev.loadstar.executor.jmeter;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** How the load of a session comes to its end: who asked for it, until when iterations may go on, what went wrong. */
final class Ending {

    /** A sampler that cannot be interrupted is given up after this long. */
    private static final long ABANDON_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long TEAR_DOWN_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** Where no grace is given, nothing may go on for long. */
    private static final long SHORT_TEAR_DOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    private boolean asked;
    private long cutAt;
    private long tearDownNanos = TEAR_DOWN_NANOS;
    private boolean byScript;
    private @Nullable String failure;

    /** No new iteration from now on; those that run are cut off after {@code grace}. A shorter grace wins over a longer one. */
    synchronized void ask(Duration grace) {
        long at = System.nanoTime() + Math.min(grace.toNanos(), TimeUnit.DAYS.toNanos(365));
        cutAt = asked && cutAt - at < 0 ? cutAt : at;
        tearDownNanos = grace.isZero() ? SHORT_TEAR_DOWN_NANOS : tearDownNanos;
        asked = true;
    }

    /** The script itself ended the test, which it may only do where it decides the load. */
    synchronized void byScript() {
        byScript |= !asked;
        ask(Duration.ofSeconds(30));
    }

    synchronized void byFailure(String message) {
        if (failure == null) {
            failure = message;
        }
        ask(Duration.ZERO);
    }

    synchronized boolean isAsked() {
        return asked;
    }

    synchronized boolean isCutDue() {
        return asked && System.nanoTime() - cutAt >= 0;
    }

    /** Users that still run are given up. */
    synchronized boolean isAbandoned() {
        return asked && System.nanoTime() - cutAt >= ABANDON_NANOS;
    }

    synchronized boolean isTearDownCutDue() {
        return asked && System.nanoTime() - cutAt >= tearDownNanos;
    }

    /** Everything that still runs is given up. */
    synchronized boolean isOver() {
        return asked && System.nanoTime() - cutAt >= tearDownNanos + ABANDON_NANOS;
    }

    synchronized boolean isByScript() {
        return byScript;
    }

    synchronized @Nullable String failure() {
        return failure;
    }
}
