package dev.loadstar.results;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import org.jspecify.annotations.Nullable;

/** What became of the arrivals of open loads, by stage. */
final class StageArrivals {

    private final Map<StageKey, ArrivalResult> stages = new LinkedHashMap<>();

    private StageArrivals() {}

    /** @param whole whether the load is over, so that all of the plan is asked for and not only what was due so far */
    static StageArrivals of(Measured measured, @Nullable LoadTime time, boolean whole) {
        var arrivals = new StageArrivals();
        if (time != null) {
            for (var scenario : measured.run().plan().scenarios()) {
                if (scenario.load() instanceof Load.Open open) {
                    var until = whole ? open.plannedDuration() : time.length().minus(scenario.startAfter());
                    arrivals.add(scenario, open, measured, until);
                }
            }
        }
        return arrivals;
    }

    private void add(ScenarioPlan scenario, Load.Open load, Measured measured, Duration until) {
        var planned = PlannedArrivals.of(measured.run().plan(), scenario, load);
        var begin = Duration.ZERO;
        for (var stage : load.stages()) {
            var end = begin.plus(stage.duration());
            long due = planned.between(begin, end.compareTo(until) < 0 ? end : until);
            stages.merge(
                    new StageKey(scenario.name(), stage.name()), new ArrivalResult(due, 0, 0, 0), ArrivalResult::plus);
            begin = end;
        }
        measured.arrivals().forEach((key, counts) -> {
            if (key.scenario().equals(scenario.name())) {
                stages.merge(key, counts, ArrivalResult::plus);
            }
        });
    }

    /** Null where arrivals are not what is planned. */
    @Nullable
    ArrivalResult of(String scenario, String stage) {
        return stages.get(new StageKey(scenario, stage));
    }

    /** Of all stages that the filter takes; null where it takes none with arrivals. */
    @Nullable
    ArrivalResult of(Iterable<StageTimes.Stage> all, Predicate<StageTimes.Stage> which) {
        ArrivalResult sum = null;
        for (var stage : all) {
            var part = which.test(stage) ? of(stage.scenario(), stage.name()) : null;
            if (part != null) {
                sum = sum == null ? part : sum.plus(part);
            }
        }
        return sum;
    }

    /** Samples that dropped arrivals would have made, had they begun: as many as those that begun ones made on average. */
    long missing(Measured measured, Predicate<Series> which) {
        long missing = 0;
        for (var stage : stages.entrySet()) {
            var arrivals = stage.getValue();
            if (arrivals.dropped() > 0 && arrivals.begun() > 0) {
                long made = measured.count(series -> StageKey.of(series).equals(stage.getKey()) && which.test(series));
                missing += Math.round((double) made * arrivals.dropped() / arrivals.begun());
            }
        }
        return missing;
    }
}
