package dev.loadstar.executor.jmeter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.schedule.Stripe;
import dev.loadstar.contract.schedule.UserSchedule;
import dev.loadstar.executor.clock.OwnClock;

/** Which users this executor is to have at each instant: the schedule and this executor's stripe of it, through all revisions. */
final class UserPlan {

    private final List<Phase> phases;
    private volatile long startNanos = Long.MAX_VALUE;
    private volatile Phase[] current;

    UserPlan(Load.Closed load, Stripe stripe) {
        phases =
                new ArrayList<>(List.of(new Phase(Long.MIN_VALUE, UserSchedule.of(load), stripe, load.gracefulStop())));
        current = phases.toArray(Phase[]::new);
    }

    /** Fixes the instant at which the load begins, on the monotonic clock from then on. */
    void startAt(Instant at) {
        startNanos = System.nanoTime() + OwnClock.until(at).toNanos();
    }

    /** Nanoseconds since the start of the load, negative before it. */
    long elapsed() {
        return System.nanoTime() - startNanos;
    }

    synchronized void revise(PlanRevision revision) {
        if (revision.load() instanceof Load.Closed load) {
            long from = elapsed() + OwnClock.until(revision.effectiveAt()).toNanos();
            phases.removeIf(phase -> phase.from >= from);
            phases.add(new Phase(
                    from, UserSchedule.of(load), new Stripe(revision.index(), revision.of()), load.gracefulStop()));
            current = phases.toArray(Phase[]::new);
        }
    }

    /** Whether user {@code k} is to run here at that time. */
    boolean wants(long k, long elapsed) {
        Phase phase = phaseAt(elapsed);
        return phase.stripe.owns(k) && phase.users(elapsed) > k;
    }

    /** Global numbers of the users that are to run here at that time, lowest first. */
    long[] wanted(long elapsed) {
        Phase phase = phaseAt(elapsed);
        long[] users = new long[(int) phase.stripe.share(phase.users(elapsed))];
        for (int n = 0; n < users.length; n++) {
            users[n] = phase.stripe.at(n);
        }
        return users;
    }

    boolean isOver(long elapsed) {
        return elapsed >= current[current.length - 1].schedule.duration().toNanos();
    }

    Duration gracefulStop() {
        return current[current.length - 1].gracefulStop;
    }

    private Phase phaseAt(long elapsed) {
        Phase[] all = current;
        for (int i = all.length - 1; i > 0; i--) {
            if (elapsed >= all[i].from) {
                return all[i];
            }
        }
        return all[0];
    }

    private record Phase(long from, UserSchedule schedule, Stripe stripe, Duration gracefulStop) {

        int users(long elapsed) {
            return elapsed < 0 ? 0 : schedule.users(Duration.ofNanos(elapsed));
        }
    }
}
