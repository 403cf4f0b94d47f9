package dev.loadstar.executor.jmeter;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.tool.LoadGate;

/**
 * Keeps exactly the users running that a closed load wants here. A user whom its script ended begins anew while the plan
 * still wants it.
 */
final class Users extends Crowd {

    /** Threads exist this long before they are due, so that making them costs no delay. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    /** Shortest wait of a user who is about to be wanted. */
    private static final long WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** Longest wait of a user between two iterations: after it, it looks whether it is still wanted. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    Users(LiveSchedule plan, Supply supply, LoadGate gate, Ending ending) {
        super(plan, supply, gate, ending);
    }

    @Override
    long lead() {
        if (!ending().isAsked() && gate().isOpen() && !supply().isSpent()) {
            beginDue();
        }
        endWhenOver();
        return TICK_NANOS;
    }

    /** A user that waits for its next iteration stays inside: it is one of those that the plan counts. */
    @Override
    boolean mayBegin(User user) {
        supply().ready();
        long due = user.pacing().next(pacing());
        while (!ending().isAsked() && gate().isOpen()) {
            long elapsed = plan().elapsed();
            if (!plan().wants(user.number, elapsed)) {
                user.exit();
                if (!plan().wants(user.number, Math.max(0, elapsed + LEAD_NANOS))) {
                    return false;
                }
                LockSupport.parkNanos(this, Math.max(WAIT_NANOS, Math.min(-elapsed - WAIT_NANOS, LEAD_NANOS)));
            } else if (elapsed < due) {
                LockSupport.parkNanos(this, Math.min(due - elapsed, LOOK_NANOS));
            } else {
                return enter(user, elapsed);
            }
        }
        user.exit();
        return false;
    }

    private boolean enter(User user, long elapsed) {
        if (!supply().take(ending())) {
            user.exit();
            return false;
        }
        user.enter();
        long pacing = pacing();
        if (pacing > 0) {
            user.intend(plan().micros(user.pacing().begin(elapsed, pacing)));
        }
        return true;
    }

    private long pacing() {
        return plan().current().load() instanceof Load.Closed closed
                ? closed.pacing().toNanos()
                : 0;
    }

    private void endWhenOver() {
        long elapsed = plan().elapsed();
        if (plan().current().isOver(elapsed)) {
            String owed = supply().owed();
            if (!owed.isEmpty()) {
                ending().fallShort(owed);
            }
            ending().planOver(plan().current().load().gracefulStop());
        } else if (elapsed >= 0 && supply().isSpent() && nobodyRuns()) {
            ending().planOver(Duration.ZERO);
        }
    }

    private void beginDue() {
        for (long k : plan().current().users(Math.max(0, plan().elapsed() + LEAD_NANOS))) {
            if (!isRunning(k)) {
                begin(new User(k, script(k), inside(), this::ended));
            }
        }
    }
}
