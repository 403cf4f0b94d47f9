package dev.loadstar.executor.record;

import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.schedule.ShardSchedule;

/** What this executor should be doing at an instant of the worker's clock (UTC epoch µs), with all revisions so far. */
public final class PlannedLoad {

    private static final int PARTS_OF_SECOND = 10;

    private final long runStartMicros;
    private final long startMicros;
    private volatile ShardSchedule schedule;

    /** @param runStartMicros of all scenarios; this one's own start is later by its {@code startAfter} */
    public PlannedLoad(Shard shard, long runStartMicros) {
        this.runStartMicros = runStartMicros;
        this.startMicros = runStartMicros + shard.scenario().startAfter().toNanos() / 1_000;
        this.schedule = ShardSchedule.of(shard);
    }

    long runStartMicros() {
        return runStartMicros;
    }

    /** Start of the scenario's load on the worker's clock. */
    public long startMicros() {
        return startMicros;
    }

    /** Follows a revision; one that is not newer than the last is ignored. */
    public synchronized void apply(PlanRevision revision) {
        schedule = schedule.revised(revision);
    }

    /** Whether this executor's first user is due at the start itself, or there is no schedule; else a ramp lets it wait. */
    public boolean beginsAtOnce() {
        return schedule.beginsAtOnce();
    }

    /** Whether the plan says when each iteration is to begin. */
    boolean hasSchedule() {
        return schedule.load().hasSchedule();
    }

    /** Whether users begin their iterations on a grid, each known by its first request. */
    boolean isPaced() {
        return hasSchedule() && !(schedule.load() instanceof Load.Open);
    }

    String stageAt(long micros) {
        return schedule.stageAt(sinceStart(micros));
    }

    int revisionAt(long micros) {
        return schedule.revisionAt(sinceStart(micros));
    }

    /** This executor's planned users, mean over a second; NaN where nobody plans them. */
    double usersIn(long second) {
        double sum = 0;
        for (int part = 0; part < PARTS_OF_SECOND; part++) {
            long micros = second * 1_000_000 + (2 * part + 1) * 1_000_000L / (2 * PARTS_OF_SECOND);
            sum += schedule.plannedUsers(sinceStart(micros));
        }
        return sum / PARTS_OF_SECOND;
    }

    private long sinceStart(long micros) {
        return TimeUnit.MICROSECONDS.toNanos(micros - startMicros);
    }
}
