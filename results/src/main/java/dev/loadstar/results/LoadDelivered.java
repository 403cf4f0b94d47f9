package dev.loadstar.results;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.schedule.UserSchedule;
import org.jspecify.annotations.Nullable;

/**
 * How much of the load that was asked for was there. For a closed scenario that is the integral of the active users over
 * the integral of the planned ones, from what every executor reports each second against the plan itself, so that the
 * share of a lost executor is missing. A second in which one stage follows another is divided between them as the plan
 * divides its users. Within a stage too many users at one time make up for too few at another, as they must for whole
 * users on a slope; a stage counts as 100 % at most, so that one never makes up for another. Where a script decides the load
 * there is nothing to compare with.
 */
final class LoadDelivered {

    /** The plan is summed up at this many instants per second. */
    private static final int STEPS = 20;

    private final Map<Key, Part> parts = new LinkedHashMap<>();

    private LoadDelivered() {}

    private record Key(String scenario, String stage) {}

    /** In user seconds. */
    private record Part(double delivered, double planned) {
        private static final Part NONE = new Part(0, 0);

        Part plus(Part other) {
            return new Part(delivered + other.delivered, planned + other.planned);
        }

        Part capped() {
            return new Part(Math.min(delivered, planned), planned);
        }
    }

    /** @param whole whether the load is over, so that all of the plan is asked for and not only what was due so far */
    static LoadDelivered of(Measured measured, @Nullable LoadTime time, boolean whole) {
        var delivered = new LoadDelivered();
        if (time != null) {
            for (var scenario : measured.run().plan().scenarios()) {
                if (scenario.load() instanceof Load.Closed closed) {
                    delivered.add(scenario, closed, measured, whole ? null : time.endMillis(), time.startMillis());
                }
            }
        }
        return delivered;
    }

    private void add(
            ScenarioPlan scenario, Load.Closed load, Measured measured, @Nullable Long untilMillis, long loadStart) {
        var active = activeUsers(scenario, measured);
        var schedule = UserSchedule.of(load);
        long start = loadStart + scenario.startAfter().toMillis();
        long end = start + schedule.duration().toMillis();
        long last = untilMillis == null ? end : Math.min(end, untilMillis);
        for (long second = Math.floorDiv(start, 1000); second * 1000 < last; second++) {
            addSecond(scenario.name(), planned(schedule, second * 1000 - start), active.getOrDefault(second, 0.0));
        }
    }

    private void addSecond(String scenario, Map<String, Double> planned, double active) {
        double all = planned.values().stream().mapToDouble(users -> users).sum();
        planned.forEach((stage, users) -> {
            var part = new Part(all == 0 ? 0 : active * users / all, users);
            parts.merge(new Key(scenario, stage), part, Part::plus);
        });
    }

    /** User seconds of each stage in the second from that time after the scenario's start on. */
    private static Map<String, Double> planned(UserSchedule schedule, long millis) {
        var planned = new LinkedHashMap<String, Double>();
        for (int step = 0; step < STEPS; step++) {
            var at = Duration.ofMillis(millis + (2 * step + 1) * 1000L / (2 * STEPS));
            if (!at.isNegative() && at.compareTo(schedule.duration()) < 0) {
                planned.merge(schedule.stageAt(at), (double) schedule.users(at) / STEPS, Double::sum);
            }
        }
        return planned;
    }

    private static Map<Long, Double> activeUsers(ScenarioPlan scenario, Measured measured) {
        var executors = measured.run().plan().shards().stream()
                .filter(shard -> shard.scenario().name().equals(scenario.name()))
                .map(Shard::executor)
                .toList();
        var active = new HashMap<Long, Double>();
        measured.seconds().stream()
                .filter(second -> executors.contains(second.executor()))
                .forEach(second -> active.merge(second.second(), second.active(), Double::sum));
        return active;
    }

    /** Of one stage; null where the script decides or nothing was due yet. */
    @Nullable
    Double ofStage(String scenario, String stage) {
        return ratio(parts.getOrDefault(new Key(scenario, stage), Part.NONE).capped());
    }

    /** Of all stages that the filter takes; null where it takes none with a plan. */
    @Nullable
    Double of(Iterable<StageTimes.Stage> stages, Predicate<StageTimes.Stage> which) {
        var sum = Part.NONE;
        for (var stage : stages) {
            if (which.test(stage)) {
                sum = sum.plus(parts.getOrDefault(new Key(stage.scenario(), stage.name()), Part.NONE)
                        .capped());
            }
        }
        return ratio(sum);
    }

    private static @Nullable Double ratio(Part part) {
        return part.planned() == 0 ? null : Double.valueOf(part.delivered() / part.planned());
    }
}
