package dev.loadstar.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;

/** The stages of a plan's longest scenario, one after the other. */
final class StageLine {

    private StageLine() {}

    static List<Stage> of(RunPlan plan) {
        return plan.scenarios().stream()
                .filter(scenario -> scenario.load() instanceof Load.Closed)
                .max(Comparator.comparing(StageLine::length))
                .map(StageLine::of)
                .orElse(List.of());
    }

    private static Duration length(ScenarioPlan scenario) {
        Duration planned = scenario.load().plannedDuration();
        return planned == null ? Duration.ZERO : planned.plus(scenario.startAfter());
    }

    private static List<Stage> of(ScenarioPlan scenario) {
        var stages = new ArrayList<Stage>();
        double start = seconds(scenario.startAfter());
        if (scenario.load() instanceof Load.Closed closed) {
            for (Load.Stage stage : closed.stages()) {
                double end = start + seconds(stage.duration());
                stages.add(new Stage(stage.name(), start, end, stage.users(), stage.measure()));
                start = end;
            }
        }
        return List.copyOf(stages);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** @param start seconds since the load began, as {@code end} */
    record Stage(String name, double start, double end, int users, boolean measured) {

        /** Share of the line that it takes. */
        public long grow() {
            return Math.max(1, Math.round((end - start) * 1000));
        }
    }
}
