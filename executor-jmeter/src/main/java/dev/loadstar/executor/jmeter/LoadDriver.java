package dev.loadstar.executor.jmeter;

import java.time.Instant;

import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;

/** Who decides the load of the main thread groups: the platform's schedule or the script. */
sealed interface LoadDriver permits ScheduledLoad, ScriptedLoad {

    /** Called once, before JMeter's engine runs. */
    void startAt(Instant at);

    /** Blocks the engine until it is to run its first groups. */
    void awaitEngineStart() throws InterruptedException;

    /** JMeter has compiled the plan; its values are final, no group has started. */
    void compiled();

    void apply(PlanRevision revision);

    int activeUsers();

    /** Tells groups that do not ask before each iteration to begin no more. */
    void beginNoMore();

    /** Interrupts every user of the main groups. */
    void cut();

    /** What it means that the script itself ended the test. */
    ToolEnd endedByScript();
}
