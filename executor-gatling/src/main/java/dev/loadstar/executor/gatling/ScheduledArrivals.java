package dev.loadstar.executor.gatling;

import java.time.Duration;

import dev.loadstar.contract.schedule.Arrival;
import dev.loadstar.contract.schedule.ShardSchedule;
import dev.loadstar.executor.load.Arrivals;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.tool.ArrivalFate;

/** Begins an iteration at the instant of each arrival of the platform's schedule, unless too many users are still here. */
final class ScheduledArrivals extends ScheduledLoad {

    private final Arrivals arrivals;
    private final Starter starter;
    private final Engine engine;

    ScheduledArrivals(LiveSchedule plan, Arrivals arrivals, Starter starter, Ending ending, Engine engine) {
        super(plan, ending);
        this.arrivals = arrivals;
        this.starter = starter;
        this.engine = engine;
    }

    @Override
    public void lead() {
        Waits.untilStart(plan, ending);
        while (!ending.isAsked()) {
            Arrival due = arrivals.next(0);
            if (due == null) {
                waitOrEnd();
            } else {
                begin(due);
            }
        }
    }

    private void waitOrEnd() {
        ShardSchedule current = plan.current();
        Long until = arrivals.untilNext();
        if (until == null && current.isOver(plan.elapsed())) {
            ending.planOver(current.load().gracefulStop());
        } else if (starter.isSpent() && engine.active() == 0) {
            ending.planOver(Duration.ZERO);
        } else {
            Waits.until(until == null ? Long.MAX_VALUE : until);
        }
    }

    private void begin(Arrival due) {
        if (engine.active() >= arrivals.maxUsers()) {
            arrivals.tell(due, ArrivalFate.DROPPED);
        } else {
            boolean begun = starter.begin(due.index(), plan.micros(due.dueNanos()), () -> {});
            arrivals.tell(due, begun ? ArrivalFate.BEGUN : ArrivalFate.DROPPED);
        }
    }
}
