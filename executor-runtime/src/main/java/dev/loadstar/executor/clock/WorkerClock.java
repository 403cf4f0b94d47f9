package dev.loadstar.executor.clock;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The worker's clock as this executor reads it while load runs. Made once, when the start instant is known, and never
 * changed: seconds must neither repeat nor be left out because an estimate moved.
 */
public final class WorkerClock {

    private final long offsetMicros;

    private WorkerClock(long offsetMicros) {
        this.offsetMicros = offsetMicros;
    }

    public static WorkerClock of(ClockOffset offset) {
        return new WorkerClock(offset.appliedNanos() / 1_000);
    }

    /** Now, UTC epoch µs. */
    public long nowMicros() {
        return fromOwn(micros(OwnClock.now()));
    }

    /** An instant of this machine's clock on the worker's clock; both UTC epoch µs. */
    public long fromOwn(long ownMicros) {
        return ownMicros - offsetMicros;
    }

    /** An instant of the worker's clock, UTC epoch µs, on this machine's clock. */
    public Instant toOwn(long workerMicros) {
        return Instant.EPOCH.plus(workerMicros + offsetMicros, ChronoUnit.MICROS);
    }

    /** UTC epoch µs of an instant. */
    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
