package dev.loadstar.executor.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** How the load of a session comes to its end: who asked for it, until when iterations may go on, what went wrong. */
public final class Ending {

    /** A sampler that cannot be interrupted is given up after this long. */
    private static final long ABANDON_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);

    /** How long tear-down groups may take after a plan that came to its end, after a stop, and after one without grace. */
    private static final long TEAR_DOWN_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final long STOPPED_TEAR_DOWN_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long CUT_TEAR_DOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    private static final Duration SCRIPT_GRACE = Duration.ofSeconds(30);

    /** Read before every iteration of every user: a lock here would be what they all wait for. */
    private volatile boolean asked;

    private long cutAt;
    private long tearDownNanos = TEAR_DOWN_NANOS;
    private boolean byScript;
    private @Nullable String failure;

    /** The plan is over: no new iteration from now on; those that run are cut off after {@code grace}. */
    public synchronized void planOver(Duration grace) {
        end(grace, TEAR_DOWN_NANOS);
    }

    /** The plan is over, and this is missing of it. */
    public synchronized void fallShort(String message) {
        if (!asked && failure == null) {
            failure = message;
        }
    }

    /** The same, because someone asked for it. A shorter grace wins over a longer one. */
    public synchronized void ask(Duration grace) {
        end(grace, grace.isZero() ? CUT_TEAR_DOWN_NANOS : STOPPED_TEAR_DOWN_NANOS);
    }

    private void end(Duration grace, long tearDown) {
        long at = System.nanoTime() + Math.min(grace.toNanos(), TimeUnit.DAYS.toNanos(365));
        cutAt = asked && cutAt - at < 0 ? cutAt : at;
        tearDownNanos = Math.min(tearDownNanos, tearDown);
        asked = true;
    }

    /** The script itself ended the test, which it may only do where it decides the load. */
    public synchronized void byScript() {
        byScript |= !asked;
        end(SCRIPT_GRACE, TEAR_DOWN_NANOS);
    }

    public synchronized void byFailure(String message) {
        if (failure == null) {
            failure = message;
        }
        ask(Duration.ZERO);
    }

    public boolean isAsked() {
        return asked;
    }

    public synchronized boolean isCutDue() {
        return asked && System.nanoTime() - cutAt >= 0;
    }

    /** Users that still run are given up. */
    public synchronized boolean isAbandoned() {
        return asked && System.nanoTime() - cutAt >= ABANDON_NANOS;
    }

    public synchronized boolean isTearDownCutDue() {
        return asked && System.nanoTime() - cutAt >= tearDownNanos;
    }

    /** Everything that still runs is given up. */
    public synchronized boolean isOver() {
        return asked && System.nanoTime() - cutAt >= tearDownNanos + ABANDON_NANOS;
    }

    public synchronized boolean isByScript() {
        return byScript;
    }

    public synchronized @Nullable String failure() {
        return failure;
    }
}
