package dev.loadstar.executor.gatling;

import java.time.Instant;

import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.LiveSchedule;

/** A load that the platform's schedule decides. */
abstract sealed class ScheduledLoad implements LoadDriver permits ScheduledUsers, ScheduledArrivals {

    final LiveSchedule plan;
    final Ending ending;

    ScheduledLoad(LiveSchedule plan, Ending ending) {
        this.plan = plan;
        this.ending = ending;
    }

    @Override
    public final void startAt(Instant at) {
        plan.startAt(at);
    }

    @Override
    public final void apply(PlanRevision revision) {
        plan.revise(revision);
    }

    @Override
    public final void endedBySimulation(String message) {
        ending.byFailure("The simulation ended the load before it was over: " + message);
    }
}
