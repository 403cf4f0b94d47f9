package dev.loadstar.web;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.results.PlannedUsers;

/** The users that a plan wants over time, of all scenarios together, as the corners of a line; empty where it plans none. */
final class PlannedLine {

    private static final Duration JUST_BEFORE = Duration.ofMillis(1);

    private PlannedLine() {}

    /** @param second since the load began */
    record Corner(double second, double users) {}

    static List<Corner> of(RunPlan plan) {
        PlannedUsers planned = PlannedUsers.of(plan);
        if (planned == null) {
            return List.of();
        }
        var times = new TreeSet<Duration>();
        plan.scenarios().forEach(scenario -> addCorners(times, scenario));
        return times.stream()
                .map(time -> new Corner(time.toMillis() / 1000.0, planned.at(time)))
                .toList();
    }

    /** Where stages meet the line may jump, so that both of its ends are corners. */
    private static void addCorners(Set<Duration> times, ScenarioPlan scenario) {
        if (scenario.load() instanceof Load.Closed closed) {
            Duration time = scenario.startAfter();
            times.add(time);
            for (Load.Stage stage : closed.stages()) {
                time = time.plus(stage.duration());
                times.add(time.minus(JUST_BEFORE));
                times.add(time);
            }
        }
    }
}
