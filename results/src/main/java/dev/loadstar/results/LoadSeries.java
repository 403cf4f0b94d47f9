package dev.loadstar.results;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.schedule.UserSchedule;
import dev.loadstar.results.Measured.ExecutorSecond;
import dev.loadstar.results.RunTables.ArrivalRow;

/**
 * Load delivered beside load planned, second by second and stage by stage. A second in which one stage follows another is in
 * both, each with its part of it. Where a script decides the load, or a number of iterations does, nothing is planned.
 */
final class LoadSeries {

    private final StoredRun run;
    private final List<ExecutorSecond> seconds;
    private final Map<Key, Long> begun = new HashMap<>();
    private final List<StageSecond> found = new ArrayList<>();

    private record Key(long second, String scenario, String stage) {}

    /** @param planned over this second, as {@code delivered}: mean users, or a number of arrivals */
    record StageSecond(long second, String scenario, String stage, String unit, double planned, double delivered) {}

    private LoadSeries(StoredRun run, List<ExecutorSecond> seconds, List<ArrivalRow> arrivals) {
        this.run = run;
        this.seconds = seconds;
        arrivals.forEach(row -> begun.put(new Key(row.second(), row.scenario(), row.stage()), row.begun()));
    }

    /** In order of time; of a run that goes on up to the newest second. */
    static List<StageSecond> of(StoredRun run, List<ExecutorSecond> seconds, List<ArrivalRow> arrivals) {
        var series = new LoadSeries(run, seconds, arrivals);
        var time = LoadTime.of(run, seconds);
        if (time != null) {
            run.plan().scenarios().forEach(scenario -> series.add(scenario, time));
        }
        series.found.sort(Comparator.comparingLong(StageSecond::second));
        return series.found;
    }

    /** Means over intervals of that many seconds. */
    static List<LoadPoint> points(List<StageSecond> seconds, int resolution) {
        var intervals = new LinkedHashMap<Key, StageSecond>();
        for (var second : seconds) {
            long begin = second.second() - Math.floorMod(second.second(), resolution);
            intervals.merge(
                    new Key(begin, second.scenario(), second.stage()),
                    second,
                    (one, other) -> new StageSecond(
                            begin,
                            one.scenario(),
                            one.stage(),
                            one.unit(),
                            one.planned() + other.planned(),
                            one.delivered() + other.delivered()));
        }
        return intervals.entrySet().stream()
                .map(interval -> point(interval.getKey().second(), interval.getValue(), resolution))
                .toList();
    }

    private static LoadPoint point(long begin, StageSecond sum, int resolution) {
        return new LoadPoint(
                Instant.ofEpochSecond(begin),
                sum.scenario(),
                sum.stage(),
                sum.unit(),
                Digits.perSecond(sum.planned() / resolution),
                Digits.perSecond(sum.delivered() / resolution));
    }

    private void add(ScenarioPlan scenario, LoadTime time) {
        long start = time.startMillis() + scenario.startAfter().toMillis();
        var planned = scenario.load().plannedDuration();
        if (planned != null) {
            add(scenario, start, run.ended() == null ? time.length().minus(scenario.startAfter()) : planned);
        }
    }

    private void add(ScenarioPlan scenario, long start, Duration length) {
        switch (scenario.load()) {
            case Load.Open open -> addArrivals(scenario, open, start, length);
            case Load.Closed closed
            when closed.pacing().isZero() ->
                found.addAll(DeliveredUsers.seconds(run, seconds, scenario, closed, start, length));
            case Load.Closed closed -> addIterations(scenario, closed, start, length);
            case Load.Iterations _, Load.FromScript _ -> {}
        }
    }

    private void addArrivals(ScenarioPlan scenario, Load.Open load, long start, Duration length) {
        var planned = PlannedArrivals.of(run.plan(), scenario, load);
        var begin = Duration.ZERO;
        for (var stage : load.stages()) {
            var end = begin.plus(stage.duration());
            var until = end.compareTo(length) < 0 ? end : length;
            for (long second = Math.floorDiv(start + begin.toMillis(), 1000L);
                    second * 1000 < start + until.toMillis();
                    second++) {
                var from = later(begin, Duration.ofMillis(second * 1000 - start));
                var to = earlier(until, Duration.ofMillis((second + 1) * 1000 - start));
                add(scenario, stage.name(), "arrivals", second, (double) planned.between(from, to));
            }
            begin = end;
        }
    }

    /** A user begins one each {@code pacing}; the plan's own count has only whole ones of each user. */
    private void addIterations(ScenarioPlan scenario, Load.Closed load, long start, Duration length) {
        var schedule = UserSchedule.of(load);
        double perUser = 1e9 / load.pacing().toNanos();
        DeliveredUsers.planned(schedule, start, length)
                .forEach(second ->
                        add(scenario, second.stage(), "iterations", second.second(), second.users() * perUser));
    }

    private void add(ScenarioPlan scenario, String stage, String unit, long second, double planned) {
        long delivered = begun.getOrDefault(new Key(second, scenario.name(), stage), 0L);
        found.add(new StageSecond(second, scenario.name(), stage, unit, planned, (double) delivered));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
