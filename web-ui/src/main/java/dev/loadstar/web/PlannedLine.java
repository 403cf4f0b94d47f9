package dev.loadstar.web;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.results.PlannedRates;
import dev.loadstar.results.PlannedUsers;
import dev.loadstar.results.StageTimes;

/** What a plan wants over time, of all scenarios together, as the corners of a line; empty where it plans none of it. */
final class PlannedLine {

    private static final Duration JUST_BEFORE = Duration.ofMillis(1);

    private PlannedLine() {}

    /** @param second since the load began */
    record Corner(double second, double value) {}

    static List<Corner> users(RunPlan plan) {
        PlannedUsers planned = PlannedUsers.of(plan);
        return planned == null ? List.of() : corners(plan, planned::at);
    }

    /** Arrivals per second. */
    static List<Corner> rates(RunPlan plan) {
        PlannedRates planned = PlannedRates.of(plan);
        return planned == null ? List.of() : corners(plan, planned::at);
    }

    private static List<Corner> corners(RunPlan plan, ToDoubleFunction<Duration> planned) {
        var times = new TreeSet<Duration>();
        plan.scenarios().forEach(scenario -> addCorners(times, scenario));
        times.pollLast(); // the end itself, at which nothing is planned any more
        return times.stream()
                .map(time -> new Corner(time.toMillis() / 1000.0, planned.applyAsDouble(time)))
                .toList();
    }

    /** Where stages meet the line may jump, so that both of its ends are corners. */
    private static void addCorners(Set<Duration> times, ScenarioPlan scenario) {
        if (scenario.load() instanceof Load.Closed || scenario.load() instanceof Load.Open) {
            for (StageTimes.Stage stage : StageTimes.of(scenario)) {
                times.add(stage.begin());
                Duration end = stage.end() == null ? stage.begin() : stage.end();
                times.add(end.minus(JUST_BEFORE));
                times.add(end);
            }
        }
    }
}
