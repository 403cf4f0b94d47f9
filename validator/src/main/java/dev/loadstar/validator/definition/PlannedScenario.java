package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.schedule.ArrivalSchedule;
import dev.loadstar.contract.schedule.UserSchedule;

/** The load of a scenario at times since the start of the test. */
final class PlannedScenario {

    private final Definition.Scenario scenario;
    private final Load load;

    PlannedScenario(Definition.Scenario scenario, Load load) {
        this.scenario = scenario;
        this.load = load;
    }

    String name() {
        return scenario.name();
    }

    Load load() {
        return load;
    }

    /** When it is over; its start where the script decides. */
    Duration end() {
        Duration planned = load.plannedDuration();
        return planned == null ? scenario.startAfter() : scenario.startAfter().plus(planned);
    }

    /** Users at once; of an open load as many as it may have. */
    double users(Duration sinceStart) {
        Duration at = sinceStart.minus(scenario.startAfter());
        return switch (load) {
            case Load.Open open -> at.isNegative() || at.compareTo(open.plannedDuration()) >= 0 ? 0 : open.maxUsers();
            case Load.Closed closed -> UserSchedule.of(closed).planned(at);
            case Load.Iterations iterations ->
                UserSchedule.of(iterations.asClosed()).planned(at);
            case Load.FromScript _ -> 0;
        };
    }

    /** Scenario starts per second, where they are planned. */
    double startsPerSecond(Duration sinceStart) {
        Duration at = sinceStart.minus(scenario.startAfter());
        return switch (load) {
            case Load.Open open -> ArrivalSchedule.of(open).rate(at);
            case Load.Closed closed -> startsPerSecond(closed, at);
            case Load.Iterations _, Load.FromScript _ -> 0;
        };
    }

    /** On the grid, and never more often than requests may be sent. */
    private static double startsPerSecond(Load.Closed load, Duration at) {
        double users = UserSchedule.of(load).planned(at);
        double cap = load.rateCap() == null ? Double.POSITIVE_INFINITY : load.rateCap();
        double paced = load.pacing().isPositive() ? users * 1e9 / load.pacing().toNanos() : Double.POSITIVE_INFINITY;
        double most = Math.min(cap, paced);
        return users == 0 || Double.isInfinite(most) ? 0 : most;
    }

    /** Whether its load is planned but not how often it starts. */
    boolean startsUnplanned() {
        return switch (load) {
            case Load.Closed closed -> !closed.hasSchedule() && closed.rateCap() == null;
            case Load.Iterations _ -> true;
            case Load.Open _, Load.FromScript _ -> false;
        };
    }

    /** First and last instant of each stage. */
    List<Duration> turns() {
        var turns = new ArrayList<Duration>();
        Duration begin = scenario.startAfter();
        for (Duration length : lengths()) {
            turns.add(begin);
            begin = begin.plus(length);
            turns.add(begin.minusNanos(1));
        }
        return turns;
    }

    private List<Duration> lengths() {
        return switch (load) {
            case Load.Open open ->
                open.stages().stream().map(Load.RateStage::duration).toList();
            case Load.Closed closed ->
                closed.stages().stream().map(Load.Stage::duration).toList();
            case Load.Iterations iterations -> List.of(iterations.maxDuration());
            case Load.FromScript _ -> List.of();
        };
    }
}
