package dev.loadstar.executor.control;

import java.time.Duration;
import java.util.function.LongSupplier;

import dev.loadstar.executor.tool.LoadGate;

/**
 * The right to make load, given by the worker for a few seconds at a time and renewed by every message of its. Measured
 * on the monotonic clock. Once expired it stays so: the worker may have given this executor's share to others.
 */
public final class Lease implements LoadGate {

    private final LongSupplier nanoClock;
    private volatile long heardNanos;
    private volatile long lengthNanos = Long.MAX_VALUE;
    private volatile boolean open = true;

    public Lease() {
        this(System::nanoTime);
    }

    Lease(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.heardNanos = nanoClock.getAsLong();
    }

    /** From now on silence of that length ends it. */
    public synchronized void begin(Duration length) {
        heardNanos = nanoClock.getAsLong();
        lengthNanos = length.toNanos();
    }

    /** Load is over: silence ends nothing any more. */
    public synchronized void end() {
        lengthNanos = Long.MAX_VALUE;
    }

    /** The worker was heard. Too late if the lease ran out before, even if nobody looked: a frozen process wakes up so. */
    public synchronized void renew() {
        check();
        heardNanos = nanoClock.getAsLong();
    }

    /** Closes the gate if the lease ran out; to be called many times a second. */
    public synchronized void check() {
        if (nanoClock.getAsLong() - heardNanos > lengthNanos) {
            open = false;
        }
    }

    /** Time since the worker was heard. */
    public synchronized Duration silence() {
        return Duration.ofNanos(nanoClock.getAsLong() - heardNanos);
    }

    /** Looks at the clock itself: a process that was frozen must not make load before somebody else noticed. */
    @Override
    public boolean isOpen() {
        return open && nanoClock.getAsLong() - heardNanos <= lengthNanos;
    }
}
