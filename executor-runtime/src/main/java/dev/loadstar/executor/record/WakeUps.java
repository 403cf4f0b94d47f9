package dev.loadstar.executor.record;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;

/**
 * How late this process wakes up when it wanted to. One thread sleeps again and again for a short time and looks at the
 * clock: what keeps it from its turn, such as busy processors, a pause of garbage collection or a frozen process, keeps
 * arrivals and the reading of answers, too.
 */
final class WakeUps implements AutoCloseable {

    private static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final Thread sleeper = Thread.ofPlatform().daemon().name("wake-ups").unstarted(this::watch);
    private volatile boolean closed;

    private WakeUps() {}

    static WakeUps watched() {
        var wakeUps = new WakeUps();
        wakeUps.sleeper.start();
        return wakeUps;
    }

    private void watch() {
        long due = System.nanoTime() + SLEEP_NANOS;
        while (!closed) {
            long early = due - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(this, early);
            } else {
                longest.accumulate(-early);
                due = System.nanoTime() + SLEEP_NANOS;
            }
        }
    }

    /** The longest lag since the call before, in µs. */
    long takeLongestMicros() {
        return TimeUnit.NANOSECONDS.toMicros(longest.getThenReset());
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sleeper);
    }
}
