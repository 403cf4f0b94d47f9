package dev.loadstar.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import org.jspecify.annotations.Nullable;

/** When each stage of a plan runs, counted from the start of the load, in the plan's order. */
public final class StageTimes {

    private final List<Stage> stages;

    private StageTimes(List<Stage> stages) {
        this.stages = List.copyOf(stages);
    }

    /**
     * @param end exclusive; null for a stage that ends when its script or its iterations do
     * @param users planned at its end; null where users are not what is planned
     * @param rate arrivals per second planned at its end; null where arrivals are not what is planned
     */
    public record Stage(
            String scenario,
            String name,
            Duration begin,
            @Nullable Duration end,
            @Nullable Integer users,
            @Nullable Double rate,
            boolean measured) {

        public boolean contains(Duration sinceStart) {
            return sinceStart.compareTo(begin) >= 0 && (end == null || sinceStart.compareTo(end) < 0);
        }

        private Stage upTo(Stage last) {
            return new Stage(scenario, name, begin, last.end, last.users, last.rate, measured);
        }

        /** Its own end, but not after the load's. */
        Duration endBy(Duration loadEnd) {
            return end == null || end.compareTo(loadEnd) > 0 ? loadEnd : end;
        }
    }

    public static StageTimes of(RunPlan plan) {
        var stages = new ArrayList<Stage>();
        plan.scenarios().forEach(scenario -> stages.addAll(of(scenario)));
        return new StageTimes(joined(stages));
    }

    /** A stage whose load was changed while it ran has several parts in the plan. */
    private static List<Stage> joined(List<Stage> parts) {
        var stages = new ArrayList<Stage>();
        for (Stage part : parts) {
            Stage last = stages.isEmpty() ? null : stages.getLast();
            if (last != null
                    && last.scenario().equals(part.scenario())
                    && last.name().equals(part.name())) {
                stages.set(stages.size() - 1, last.upTo(part));
            } else {
                stages.add(part);
            }
        }
        return stages;
    }

    /** Those of one scenario. */
    public static List<Stage> of(ScenarioPlan scenario) {
        return switch (scenario.load()) {
            case Load.Open open -> open(scenario, open);
            case Load.Closed closed -> closed(scenario, closed);
            case Load.Iterations load -> List.of(openEnded(scenario, Load.Iterations.STAGE, load.users()));
            case Load.FromScript _ -> List.of(openEnded(scenario, Load.FromScript.STAGE, null));
        };
    }

    private static Stage openEnded(ScenarioPlan scenario, String name, @Nullable Integer users) {
        return new Stage(scenario.name(), name, scenario.startAfter(), null, users, null, true);
    }

    private static List<Stage> open(ScenarioPlan scenario, Load.Open load) {
        var stages = new ArrayList<Stage>();
        var begin = scenario.startAfter();
        for (var stage : load.stages()) {
            var end = begin.plus(stage.duration());
            stages.add(new Stage(scenario.name(), stage.name(), begin, end, null, stage.rate(), stage.measure()));
            begin = end;
        }
        return stages;
    }

    private static List<Stage> closed(ScenarioPlan scenario, Load.Closed load) {
        var stages = new ArrayList<Stage>();
        var begin = scenario.startAfter();
        for (var stage : load.stages()) {
            var end = begin.plus(stage.duration());
            stages.add(new Stage(scenario.name(), stage.name(), begin, end, stage.users(), null, stage.measure()));
            begin = end;
        }
        return stages;
    }

    public List<Stage> all() {
        return stages;
    }

    /** The stage of the first scenario that is in one at that time. */
    public Optional<Stage> at(Duration sinceStart) {
        return stages.stream().filter(stage -> stage.contains(sinceStart)).findFirst();
    }

    /** A stage that the plan does not know counts as measured. */
    boolean measured(String scenario, String name) {
        return stages.stream()
                .filter(stage ->
                        stage.scenario().equals(scenario) && stage.name().equals(name))
                .allMatch(Stage::measured);
    }
}
