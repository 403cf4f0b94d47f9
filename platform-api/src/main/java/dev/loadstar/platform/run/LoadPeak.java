package dev.loadstar.platform.run;

import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.run.LoadChange;

/**
 * The most that the load of a scenario gets to, as the definition's {@code limits} count it.
 *
 * @param starts of iterations per second; 0 where it is not the plan that says how often
 */
record LoadPeak(double users, double starts) {

    private static final LoadPeak NONE = new LoadPeak(0, 0);

    /** With its changes so far. */
    static LoadPeak of(ScenarioPlan scenario, List<LoadChange> changes) {
        double highest = highest(scenario.load());
        for (LoadChange change : changes) {
            Double value = change.what().value();
            if (change.scenario().equals(scenario.name()) && value != null) {
                highest = Math.max(highest, value);
            }
        }
        return at(scenario.load(), highest);
    }

    /** At so many users or arrivals per second, whichever the load is made of. */
    static LoadPeak at(Load load, double value) {
        return switch (load) {
            case Load.Open open -> new LoadPeak(open.maxUsers(), value);
            case Load.Closed closed -> new LoadPeak(value, starts(closed, value));
            case Load.Iterations iterations -> new LoadPeak(iterations.users(), 0);
            case Load.FromScript _ -> NONE;
        };
    }

    private static double starts(Load.Closed load, double users) {
        double paced = load.pacing().isZero()
                ? Double.POSITIVE_INFINITY
                : users * 1e9 / load.pacing().toNanos();
        double capped = load.rateCap() == null ? Double.POSITIVE_INFINITY : load.rateCap();
        double starts = Math.min(paced, capped);
        return Double.isInfinite(starts) ? 0 : starts;
    }

    private static double highest(Load load) {
        return switch (load) {
            case Load.Open open ->
                open.stages().stream().mapToDouble(Load.RateStage::rate).reduce(open.startRate(), Math::max);
            case Load.Closed closed ->
                closed.stages().stream().mapToDouble(Load.Stage::users).reduce(closed.startUsers(), Math::max);
            case Load.Iterations _, Load.FromScript _ -> 0;
        };
    }

    LoadPeak plus(LoadPeak other) {
        return new LoadPeak(users + other.users, starts + other.starts);
    }
}
