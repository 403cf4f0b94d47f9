package dev.loadstar.contract.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Stripes;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * What one executor is to do at each time since the start of its scenario, with all revisions of the plan so far. Times are
 * nanoseconds since that start, so that no clock is in it.
 */
public final class ShardSchedule {

    private final List<Phase> phases;

    private ShardSchedule(List<Phase> phases) {
        this.phases = List.copyOf(phases);
    }

    public static ShardSchedule of(Shard shard) {
        return new ShardSchedule(
                List.of(Phase.of(0, Long.MIN_VALUE, shard.scenario().load(), shard.stripes())));
    }

    /** The same with a further revision. One that is not newer than the last changes nothing; it takes the place of what it precedes. */
    public ShardSchedule revised(PlanRevision revision) {
        if (revision.number() <= phases.getLast().revision) {
            return this;
        }
        long from = revision.after().toNanos();
        var all = new ArrayList<>(phases);
        all.removeIf(phase -> phase.revision > 0 && phase.from >= from);
        all.add(Phase.of(revision.number(), from, revision.load(), Stripes.of(revision.stripes())));
        return new ShardSchedule(all);
    }

    int phases() {
        return phases.size();
    }

    Phase phase(int number) {
        return phases.get(number);
    }

    /** When the next phase begins. */
    long endOf(int phase) {
        return phase + 1 < phases.size() ? phases.get(phase + 1).from : Long.MAX_VALUE;
    }

    public int revisionAt(long nanos) {
        return at(nanos).revision;
    }

    public String stageAt(long nanos) {
        Phase phase = at(nanos);
        Duration time = Duration.ofNanos(nanos);
        return switch (phase.load) {
            case Load.Open _ -> phase.arrivals().stageAt(time);
            case Load.Closed _ -> phase.users().stageAt(time);
            case Load.Iterations _ -> Load.Iterations.STAGE;
            case Load.FromScript _ -> Load.FromScript.STAGE;
        };
    }

    /** The load as it is planned now, through the newest revision. */
    public Load load() {
        return phases.getLast().load;
    }

    /** Whether that is the end of the planned load or later; never true where the script decides. */
    public boolean isOver(long nanos) {
        Duration planned = load().plannedDuration();
        return planned != null && nanos >= planned.toNanos();
    }

    /** Whether user {@code k} of the whole test is to run here at that time. */
    public boolean wants(long k, long nanos) {
        Phase phase = at(nanos);
        return phase.stripes.owns(k) && phase.wholeUsers(nanos) > k;
    }

    /** Global numbers of the users that are to run here at that time, lowest first. */
    public long[] users(long nanos) {
        Phase phase = at(nanos);
        return phase.stripes.first(phase.wholeUsers(nanos));
    }

    /** This executor's planned users at that time; NaN where users are not what is planned. */
    public double plannedUsers(long nanos) {
        Phase phase = at(nanos);
        return switch (phase.load) {
            case Load.Closed _ -> phase.stripes.share(phase.wholeUsers(nanos));
            case Load.Open _, Load.Iterations _, Load.FromScript _ -> Double.NaN;
        };
    }

    /** Most users of an open load that this executor may have at that time. */
    public long maxUsers(long nanos) {
        Phase phase = at(nanos);
        return phase.stripes.share(phase.open().maxUsers());
    }

    /** Most requests per second of this executor at that time; null for no cap. */
    public @Nullable Double rateCap(long nanos) {
        Phase phase = at(nanos);
        return phase.load instanceof Load.Closed closed && closed.rateCap() != null
                ? Double.valueOf(closed.rateCap() * phase.stripes.fraction())
                : null;
    }

    /** Whether load is due here at the start itself; else a ramp lets this executor wait. */
    public boolean beginsAtOnce() {
        return switch (phases.getFirst().load) {
            case Load.Closed _ -> users(0).length > 0;
            case Load.Open _ -> {
                Arrival first = new ArrivalCursor(this).next();
                yield first != null && first.dueNanos() == 0;
            }
            case Load.Iterations _, Load.FromScript _ -> true;
        };
    }

    private Phase at(long nanos) {
        for (int i = phases.size() - 1; i > 0; i--) {
            if (phases.get(i).from <= nanos) {
                return phases.get(i);
            }
        }
        return phases.getFirst();
    }

    /**
     * A stretch of time under one revision.
     *
     * @param userSchedule of loads that are a number of users
     * @param arrivalSchedule of loads that are arrivals
     */
    record Phase(
            int revision,
            long from,
            Load load,
            Stripes stripes,
            @Nullable UserSchedule userSchedule,
            @Nullable ArrivalSchedule arrivalSchedule) {

        static Phase of(int revision, long from, Load load, Stripes stripes) {
            return switch (load) {
                case Load.Open open -> new Phase(revision, from, load, stripes, null, ArrivalSchedule.of(open));
                case Load.Closed closed -> new Phase(revision, from, load, stripes, UserSchedule.of(closed), null);
                case Load.Iterations some ->
                    new Phase(revision, from, load, stripes, UserSchedule.of(some.asClosed()), null);
                case Load.FromScript _ -> new Phase(revision, from, load, stripes, null, null);
            };
        }

        Load.Open open() {
            if (load instanceof Load.Open open) {
                return open;
            }
            throw new IllegalStateException("no arrivals in " + load);
        }

        ArrivalSchedule arrivals() {
            return requireNonNull(arrivalSchedule, "no arrivals in this load");
        }

        UserSchedule users() {
            return requireNonNull(userSchedule, "no number of users in this load");
        }

        int wholeUsers(long nanos) {
            return nanos < 0 ? 0 : users().users(Duration.ofNanos(nanos));
        }
    }
}
