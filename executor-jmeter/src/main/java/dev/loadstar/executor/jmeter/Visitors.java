package dev.loadstar.executor.jmeter;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.contract.schedule.Arrival;
import dev.loadstar.executor.load.Arrivals;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.Recorder;

/**
 * Begins one iteration of a fresh user for each arrival of an open load. A user and its thread are made a little ahead, so
 * that at the instant itself nothing is left to do but to begin.
 */
final class Visitors extends Crowd {

    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Arrivals arrivals;

    /** Users that are made and whose instant is still to come. */
    private final AtomicInteger awaited = new AtomicInteger();

    Visitors(LiveSchedule plan, Supply supply, LoadGate gate, Ending ending, Recorder recorder) {
        super(plan, supply, gate, ending);
        arrivals = new Arrivals(plan, gate, recorder);
    }

    @Override
    long lead() {
        Arrival soon;
        while (!ending().isAsked() && !supply().isSpent() && (soon = arrivals.next(LEAD_NANOS)) != null) {
            awaited.incrementAndGet();
            begin(new Visitor(soon, script(soon.index()), inside(), this::left));
        }
        Long next = arrivals.untilNext();
        endWhenOver(next == null);
        return next == null ? TICK_NANOS : next - LEAD_NANOS;
    }

    @Override
    boolean mayBegin(User user) {
        if (!(user instanceof Visitor visitor) || !visitor.decide()) {
            user.exit();
            return false;
        }
        supply().ready();
        try {
            return awaitDue(visitor.arrival) && begins(visitor);
        } finally {
            awaited.decrementAndGet();
        }
    }

    private boolean awaitDue(Arrival arrival) {
        while (!ending().isAsked()) {
            long left = arrival.dueNanos() - plan().elapsed();
            if (left <= 0) {
                return true;
            }
            LockSupport.parkNanos(this, left);
        }
        return false;
    }

    private boolean begins(Visitor visitor) {
        ArrivalFate fate = fate(visitor);
        arrivals.tell(visitor.arrival, fate);
        return fate == ArrivalFate.BEGUN;
    }

    private ArrivalFate fate(Visitor visitor) {
        if (!arrivals.isInTime(visitor.arrival)) {
            return ArrivalFate.LATE;
        }
        if (!visitor.enter(arrivals.maxUsers())) {
            return ArrivalFate.DROPPED;
        }
        if (!supply().take(ending())) {
            visitor.exit();
            return ArrivalFate.DROPPED;
        }
        visitor.intend(plan().micros(visitor.arrival.dueNanos()));
        return ArrivalFate.BEGUN;
    }

    /** One that could not even be set up was never asked. */
    private void left(Visitor visitor) {
        ended(visitor);
        if (visitor.decide()) {
            awaited.decrementAndGet();
            arrivals.tell(visitor.arrival, ArrivalFate.LATE);
        }
    }

    private void endWhenOver(boolean noneToCome) {
        long elapsed = plan().elapsed();
        if (noneToCome && awaited.get() == 0 && plan().current().isOver(elapsed)) {
            ending().planOver(plan().current().load().gracefulStop());
        } else if (elapsed >= 0 && supply().isSpent() && nobodyRuns()) {
            ending().planOver(Duration.ZERO);
        }
    }
}
