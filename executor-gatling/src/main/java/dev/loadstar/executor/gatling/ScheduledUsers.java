package dev.loadstar.executor.gatling;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.schedule.ShardSchedule;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.tool.LoadGate;

/** The users of the platform's schedule, or those who share its iterations. */
final class ScheduledUsers extends ScheduledLoad implements UserRounds.Wish {

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Supply supply;
    private final Starter starter;
    private final LoadGate gate;

    /** @param supply what iterations need */
    ScheduledUsers(LiveSchedule plan, Supply supply, Starter starter, LoadGate gate, Ending ending) {
        super(plan, ending);
        this.supply = supply;
        this.starter = starter;
        this.gate = gate;
    }

    @Override
    public void lead() {
        Waits.untilStart(plan, ending);
        var users = new UserRounds(this, supply, gate, ending);
        while (!ending.isAsked()) {
            users.tick();
            endWhenOver(users);
            users.rest(TICK_NANOS);
        }
    }

    private void endWhenOver(UserRounds users) {
        ShardSchedule current = plan.current();
        if (current.isOver(plan.elapsed())) {
            String owed = supply.owed();
            if (!owed.isEmpty()) {
                ending.fallShort(owed);
            }
            ending.planOver(current.load().gracefulStop());
        } else if ((supply.isSpent() || starter.isSpent()) && users.isEmpty()) {
            ending.planOver(Duration.ZERO);
        }
    }

    @Override
    public long now() {
        return plan.elapsed();
    }

    @Override
    public long[] users(long nanos) {
        return plan.current().users(nanos);
    }

    @Override
    public Object shape(long nanos) {
        ShardSchedule current = plan.current();
        return new Shape(current.revisionAt(nanos), current.plannedUsers(nanos));
    }

    @Override
    public boolean wants(long user, long nanos) {
        return plan.wants(user, nanos);
    }

    @Override
    public boolean begin(long user, long intendedMicros, Runnable atEnd) {
        return starter.begin(user, intendedMicros, atEnd);
    }

    @Override
    public long pacing(long nanos) {
        return plan.current().load() instanceof Load.Closed closed
                ? closed.pacing().toNanos()
                : 0;
    }

    @Override
    public long micros(long nanos) {
        return plan.micros(nanos);
    }

    /** @param users not a number where the plan counts iterations, whose users stay the same */
    private record Shape(int revision, double users) {}
}
