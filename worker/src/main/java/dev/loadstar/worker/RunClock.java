package dev.loadstar.worker;

import java.time.Instant;
import java.time.InstantSource;

/** The worker's clock, to which every executor of the run is set: right when the worker started, and never set afterwards. */
final class RunClock implements InstantSource {

    private final Instant base = Instant.now();
    private final long nanos = System.nanoTime();

    @Override
    public Instant instant() {
        return base.plusNanos(System.nanoTime() - nanos);
    }
}
