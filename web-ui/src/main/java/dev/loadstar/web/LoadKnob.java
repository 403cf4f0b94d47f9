package dev.loadstar.web;

import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * What can be changed of the load of one scenario.
 *
 * @param field of the form: {@code users}, or {@code rate} in arrivals per second
 * @param unit behind the number
 * @param paused as far as is known
 */
record LoadKnob(String scenario, String field, String unit, boolean paused) {

    /** One for each scenario whose load people may change; none unless the run makes load. */
    static List<LoadKnob> of(RunDocument run, @Nullable RunPlan plan) {
        if (plan == null || run.status() != RunStatus.RUNNING) {
            return List.of();
        }
        return plan.scenarios().stream()
                .flatMap(scenario -> of(scenario, isPaused(run, scenario.name())).stream())
                .toList();
    }

    private static List<LoadKnob> of(ScenarioPlan scenario, boolean paused) {
        return switch (scenario.load()) {
            case Load.Open _ -> List.of(new LoadKnob(scenario.name(), "rate", "per second", paused));
            case Load.Closed _ -> List.of(new LoadKnob(scenario.name(), "users", "users", paused));
            case Load.Iterations _, Load.FromScript _ -> List.of();
        };
    }

    private static boolean isPaused(RunDocument run, String scenario) {
        return run.loadChanges().stream()
                .filter(change -> change.scenario().equals(scenario) && change.status() != LoadChange.Status.REFUSED)
                .map(change -> change.what().paused())
                .filter(paused -> paused != null)
                .reduce(false, (_, last) -> last);
    }
}
