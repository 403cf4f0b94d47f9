package dev.loadstar.worker.run;

import java.time.Duration;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;

/** When a plan's load must be over at the latest. */
final class Deadlines {

    private Deadlines() {}

    /** From the start of the load until every scenario must have ended, graceful stop and slack included. */
    static Duration longestLoad(RunPlan plan, Limits limits) {
        return plan.scenarios().stream()
                .map(scenario -> longestLoad(scenario, limits))
                .reduce(Duration.ZERO, Deadlines::longer)
                .plus(limits.slack());
    }

    private static Duration longestLoad(ScenarioPlan scenario, Limits limits) {
        Duration planned = scenario.load().plannedDuration();
        Duration load = planned == null ? limits.unplanned() : planned;
        return scenario.startAfter().plus(load).plus(scenario.load().gracefulStop());
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
