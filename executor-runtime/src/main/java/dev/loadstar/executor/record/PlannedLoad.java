package dev.loadstar.executor.record;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.schedule.Stripe;
import dev.loadstar.contract.schedule.UserSchedule;
import dev.loadstar.executor.clock.WorkerClock;
import org.jspecify.annotations.Nullable;

/** What this executor should be doing at an instant of the worker's clock (UTC epoch µs), with all revisions so far. */
public final class PlannedLoad {

    private static final int PARTS_OF_SECOND = 10;

    private final long runStartMicros;
    private final long startMicros;
    private final List<Phase> phases = new CopyOnWriteArrayList<>();

    /** @param runStartMicros of all scenarios; this one's own start is later by its {@code startAfter} */
    public PlannedLoad(Shard shard, long runStartMicros) {
        this.runStartMicros = runStartMicros;
        this.startMicros = runStartMicros + shard.scenario().startAfter().toNanos() / 1_000;
        phases.add(Phase.of(0, Long.MIN_VALUE, shard.scenario().load(), new Stripe(shard.index(), shard.of())));
    }

    long runStartMicros() {
        return runStartMicros;
    }

    /** Start of the scenario's load on the worker's clock. */
    public long startMicros() {
        return startMicros;
    }

    /** Follows a revision; one that is not newer than the last is ignored. */
    public void apply(PlanRevision revision) {
        if (revision.number() > phases.getLast().revision) {
            phases.add(Phase.of(
                    revision.number(),
                    WorkerClock.micros(revision.effectiveAt()),
                    revision.load(),
                    new Stripe(revision.index(), revision.of())));
        }
    }

    /** Whether this executor's first user is due at the start itself, or there is no schedule; else a ramp lets it wait. */
    public boolean beginsAtOnce() {
        Phase first = phases.getFirst();
        return first.schedule == null || first.share(Duration.ZERO) > 0;
    }

    String stageAt(long micros) {
        Phase phase = phaseAt(micros);
        return phase.schedule == null ? phase.stage : phase.schedule.stageAt(sinceStart(micros));
    }

    int revisionAt(long micros) {
        return phaseAt(micros).revision;
    }

    /** This executor's planned users, mean over a second; NaN where nobody plans them. */
    double usersIn(long second) {
        double sum = 0;
        for (int part = 0; part < PARTS_OF_SECOND; part++) {
            long micros = second * 1_000_000 + (2 * part + 1) * 1_000_000L / (2 * PARTS_OF_SECOND);
            Phase phase = phaseAt(micros);
            if (phase.schedule == null) {
                return Double.NaN;
            }
            sum += phase.share(sinceStart(micros));
        }
        return sum / PARTS_OF_SECOND;
    }

    private Phase phaseAt(long micros) {
        for (int i = phases.size() - 1; i > 0; i--) {
            if (phases.get(i).fromMicros <= micros) {
                return phases.get(i);
            }
        }
        return phases.getFirst();
    }

    private Duration sinceStart(long micros) {
        return Duration.of(micros - startMicros, ChronoUnit.MICROS);
    }

    /**
     * @param schedule null where the script decides, or where users leave when their iterations are done
     * @param stage where there is no schedule
     */
    private record Phase(
            int revision, long fromMicros, @Nullable UserSchedule schedule, String stage, Stripe stripe) {

        static Phase of(int revision, long fromMicros, Load load, Stripe stripe) {
            return switch (load) {
                case Load.Closed closed -> new Phase(revision, fromMicros, UserSchedule.of(closed), "", stripe);
                case Load.Iterations _ -> new Phase(revision, fromMicros, null, Load.Iterations.STAGE, stripe);
                case Load.FromScript _ -> new Phase(revision, fromMicros, null, Load.FromScript.STAGE, stripe);
            };
        }

        long share(Duration sinceStart) {
            return schedule == null ? 0 : stripe.share(schedule.users(sinceStart));
        }
    }
}
