package dev.loadstar.executor.jmeter;

import java.time.Instant;

import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;

/** Every main thread group of the script, of any kind, is replaced by one that follows the platform's schedule. */
record ScheduledLoad(LiveSchedule plan, Crowd crowd) implements LoadDriver {

    static ScheduledLoad install(Script script, LiveSchedule plan, Crowd crowd) {
        script.runGroupsTogether();
        for (var group : script.mainGroups()) {
            var led = UserGroup.inPlaceOf(group, crowd);
            script.replace(group, led);
            crowd.add(led);
        }
        return new ScheduledLoad(plan, crowd);
    }

    @Override
    public void startAt(Instant at) {
        plan.startAt(at);
    }

    @Override
    public void awaitEngineStart() {
        // Set-up groups and the making of the first users take the time before the start.
    }

    @Override
    public void compiled() {
        // Groups read their sizes when they start.
    }

    @Override
    public void apply(PlanRevision revision) {
        plan.revise(revision);
    }

    @Override
    public int activeUsers() {
        return crowd.active();
    }

    @Override
    public void beginNoMore() {
        // Every user asks before each iteration.
    }

    @Override
    public void cut() {
        crowd.cut();
    }

    @Override
    public ToolEnd endedByScript() {
        return new ToolEnd(true, "The script ended the test before the planned load was over");
    }
}
