package dev.loadstar.results;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.schedule.UserSchedule;

/**
 * The integral of a closed scenario's active users beside that of the planned ones, from what every executor reports each
 * second against the plan itself, so that the share of a lost executor is missing. A second in which one stage follows
 * another is divided between them as the plan divides its users.
 */
final class DeliveredUsers {

    /** The plan is summed up at this many instants per second. */
    private static final int STEPS = 20;

    private final UserSchedule schedule;
    private final Map<String, LoadDelivered.Part> stages = new LinkedHashMap<>();

    private DeliveredUsers(Load.Closed load) {
        schedule = UserSchedule.of(load);
    }

    /**
     * By stage, in user seconds.
     *
     * @param startMillis of the scenario's load
     * @param until after it, what is planned is not asked for yet
     */
    static Map<String, LoadDelivered.Part> of(
            Measured measured, ScenarioPlan scenario, Load.Closed load, long startMillis, Duration until) {
        var delivered = new DeliveredUsers(load);
        var active = activeUsers(scenario, measured);
        long end =
                startMillis + Math.min(until.toMillis(), load.plannedDuration().toMillis());
        for (long second = Math.floorDiv(startMillis, 1000); second * 1000 < end; second++) {
            delivered.addSecond(second * 1000 - startMillis, active.getOrDefault(second, 0.0));
        }
        return delivered.stages;
    }

    private void addSecond(long millis, double active) {
        var planned = planned(millis);
        double all = planned.values().stream().mapToDouble(users -> users).sum();
        planned.forEach((stage, users) -> {
            double there = all == 0 ? 0 : active * users / all;
            stages.merge(
                    stage,
                    new LoadDelivered.Part(LoadDelivered.Unit.USERS, there, there, users),
                    LoadDelivered.Part::plus);
        });
    }

    /** User seconds of each stage in the second from that time after the scenario's start on. */
    private Map<String, Double> planned(long millis) {
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
        List<Integer> executors = measured.run().plan().shards().stream()
                .filter(shard -> shard.scenario().name().equals(scenario.name()))
                .map(Shard::executor)
                .toList();
        var active = new HashMap<Long, Double>();
        measured.seconds().stream()
                .filter(second -> executors.contains(second.executor()))
                .forEach(second -> active.merge(second.second(), second.active(), Double::sum));
        return active;
    }
}
