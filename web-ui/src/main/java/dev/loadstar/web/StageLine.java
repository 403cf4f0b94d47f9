package dev.loadstar.web;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.results.StageTimes;

/** The stages of a plan's longest scenario, one after the other. */
final class StageLine {

    private StageLine() {}

    static List<Stage> of(RunPlan plan) {
        return plan.scenarios().stream()
                .filter(scenario -> scenario.load() instanceof Load.Closed || scenario.load() instanceof Load.Open)
                .max(Comparator.comparing(StageLine::length))
                .map(StageLine::of)
                .orElse(List.of());
    }

    private static Duration length(ScenarioPlan scenario) {
        Duration planned = scenario.load().plannedDuration();
        return planned == null ? Duration.ZERO : planned.plus(scenario.startAfter());
    }

    private static List<Stage> of(ScenarioPlan scenario) {
        return StageTimes.of(scenario).stream().map(StageLine::stage).toList();
    }

    private static Stage stage(StageTimes.Stage stage) {
        Duration end = stage.end() == null ? stage.begin() : stage.end();
        Double rate = stage.rate();
        String load = rate == null ? stage.users() + " users" : Units.rateText(rate);
        return new Stage(stage.name(), seconds(stage.begin()), seconds(end), load, stage.measured());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /**
     * @param start seconds since the load began, as {@code end}
     * @param load at its end
     */
    record Stage(String name, double start, double end, String load, boolean measured) {

        /** Share of the line that it takes. */
        public long grow() {
            return Math.max(1, Math.round((end - start) * 1000));
        }
    }
}
