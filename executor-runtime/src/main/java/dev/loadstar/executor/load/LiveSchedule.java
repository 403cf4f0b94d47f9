package dev.loadstar.executor.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.schedule.ShardSchedule;
import dev.loadstar.executor.clock.OwnClock;

/** A shard's schedule on the monotonic clock of this process. Safe for many threads. */
public final class LiveSchedule {

    private volatile ShardSchedule schedule;
    private volatile long startNanos = Long.MAX_VALUE;
    private volatile long startMicros;

    public LiveSchedule(Shard shard) {
        schedule = ShardSchedule.of(shard);
    }

    /** Fixes the instant at which the scenario's load begins. */
    public void startAt(Instant at) {
        startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        startNanos = System.nanoTime() + OwnClock.until(at).toNanos();
    }

    public synchronized void revise(PlanRevision revision) {
        schedule = schedule.revised(revision);
    }

    /** With all revisions so far. */
    public ShardSchedule current() {
        return schedule;
    }

    /** Nanoseconds since the start of the scenario's load, negative before it. */
    public long elapsed() {
        return System.nanoTime() - startNanos;
    }

    /** That time after the start as epoch µs of this machine's clock, as samples tell it. */
    public long micros(long sinceStartNanos) {
        return startMicros + sinceStartNanos / 1_000;
    }

    /** Whether user {@code k} of the whole test is to run here at that time. */
    public boolean wants(long k, long sinceStartNanos) {
        return schedule.wants(k, sinceStartNanos);
    }
}
