package dev.loadstar.executor.gatling;

import java.time.Instant;

import dev.loadstar.contract.plan.PlanRevision;

/** Who decides when iterations begin: the platform's schedule or the simulation. */
sealed interface LoadDriver permits ScheduledLoad, ScriptedLoad {

    /** Called once, before {@link #lead}. */
    void startAt(Instant at);

    void apply(PlanRevision revision);

    /** Begins what is due; comes back when nothing will begin any more. On a thread of its own. */
    void lead();

    /** What it means that the simulation itself ends the load. */
    void endedBySimulation(String message);
}
