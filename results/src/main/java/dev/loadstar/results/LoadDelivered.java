package dev.loadstar.results;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import org.jspecify.annotations.Nullable;

/**
 * How much of the load that was asked for was there: of an open scenario its begun arrivals over the planned ones, of a
 * paced one its begun iterations, of any other closed one its active users over time. Within a stage too much at one time
 * makes up for too little at another, as it must for whole users on a slope; a stage counts as 100 % at most, so that one
 * never makes up for another. Users and arrivals cannot be added: of both, the lower share is that of the whole. Where a
 * script decides the load there is nothing to compare with.
 *
 * <p>What the generator itself offered is more: an arrival that was dropped at {@code maxUsers}, or an iteration whose user
 * was still busy, is missing because of the target or the plan.
 */
final class LoadDelivered {

    private final Map<StageKey, Part> parts = new LinkedHashMap<>();

    private LoadDelivered() {}

    enum Unit {
        USERS,
        ARRIVALS
    }

    /** In user seconds, or in arrivals. */
    record Part(Unit unit, double delivered, double offered, double planned) {

        Part plus(Part other) {
            return new Part(unit, delivered + other.delivered, offered + other.offered, planned + other.planned);
        }

        Part capped() {
            return new Part(unit, Math.min(delivered, planned), Math.min(offered, planned), planned);
        }
    }

    /** @param whole whether the load is over, so that all of the plan is asked for and not only what was due so far */
    static LoadDelivered of(Measured measured, StageArrivals arrivals, @Nullable LoadTime time, boolean whole) {
        var delivered = new LoadDelivered();
        if (time != null) {
            for (var scenario : measured.run().plan().scenarios()) {
                switch (scenario.load()) {
                    case Load.Open open -> delivered.add(scenario, open, arrivals);
                    case Load.Closed closed -> {
                        var length =
                                whole ? closed.plannedDuration() : time.length().minus(scenario.startAfter());
                        delivered.add(scenario, closed, measured, time.startMillis(), length);
                    }
                    case Load.Iterations _, Load.FromScript _ -> {}
                }
            }
        }
        return delivered;
    }

    private void add(ScenarioPlan scenario, Load.Open load, StageArrivals arrivals) {
        for (var stage : load.stages()) {
            var of = arrivals.of(scenario.name(), stage.name());
            if (of != null) {
                parts.put(
                        new StageKey(scenario.name(), stage.name()),
                        new Part(Unit.ARRIVALS, of.begun(), of.begun() + of.dropped(), of.planned()));
            }
        }
    }

    private void add(ScenarioPlan scenario, Load.Closed load, Measured measured, long loadStart, Duration until) {
        long start = loadStart + scenario.startAfter().toMillis();
        var users = DeliveredUsers.of(measured, scenario, load, start, until);
        if (load.pacing().isZero()) {
            users.forEach((stage, part) -> parts.put(new StageKey(scenario.name(), stage), part));
            return;
        }
        PacedIterations.planned(load, until).forEach((stage, planned) -> {
            var key = new StageKey(scenario.name(), stage);
            var begun = measured.arrivals().get(key);
            var there = users.get(stage);
            double present = there == null || there.planned() == 0 ? 1 : there.delivered() / there.planned();
            parts.put(key, new Part(Unit.ARRIVALS, begun == null ? 0 : begun.begun(), present * planned, planned));
        });
    }

    /** Of one stage; null where the script decides or nothing was due yet. */
    @Nullable
    Double ofStage(String scenario, String stage) {
        var part = parts.get(new StageKey(scenario, stage));
        return part == null || part.planned() == 0
                ? null
                : Double.valueOf(part.capped().delivered() / part.planned());
    }

    /** Of all stages that the filter takes; null where it takes none with a plan. */
    @Nullable
    Double of(Iterable<StageTimes.Stage> stages, Predicate<StageTimes.Stage> which) {
        return lowest(stages, which, Part::delivered);
    }

    /** The same as far as it was the generator's to deliver. */
    @Nullable
    Double offered(Iterable<StageTimes.Stage> stages, Predicate<StageTimes.Stage> which) {
        return lowest(stages, which, Part::offered);
    }

    private @Nullable Double lowest(
            Iterable<StageTimes.Stage> stages, Predicate<StageTimes.Stage> which, ToDoubleFunction<Part> there) {
        var sums = new EnumMap<Unit, Part>(Unit.class);
        for (var stage : stages) {
            var part = parts.get(new StageKey(stage.scenario(), stage.name()));
            if (part != null && which.test(stage)) {
                sums.merge(part.unit(), part.capped(), Part::plus);
            }
        }
        return sums.values().stream()
                .filter(sum -> sum.planned() > 0)
                .map(sum -> there.applyAsDouble(sum) / sum.planned())
                .min(Double::compare)
                .orElse(null);
    }
}
