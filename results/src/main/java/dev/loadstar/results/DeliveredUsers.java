package dev.loadstar.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.schedule.UserSchedule;
import dev.loadstar.results.LoadSeries.StageSecond;
import dev.loadstar.results.Measured.ExecutorSecond;

/**
 * A closed scenario's active users beside the planned ones, from what every executor reports each second against the plan
 * itself, so that the share of a lost executor is missing. A second in which one stage follows another is divided between
 * them as the plan divides its users.
 */
final class DeliveredUsers {

    /** The plan is summed up at this many instants per second. */
    private static final int STEPS = 20;

    private DeliveredUsers() {}

    /** Planned users of one stage, mean over the second. */
    record PlannedSecond(long second, String stage, double users) {}

    /**
     * The integral over all seconds by stage, in user seconds.
     *
     * @param startMillis of the scenario's load
     * @param until after it, what is planned is not asked for yet
     */
    static Map<String, LoadDelivered.Part> of(
            Measured measured, ScenarioPlan scenario, Load.Closed load, long startMillis, Duration until) {
        var stages = new LinkedHashMap<String, LoadDelivered.Part>();
        seconds(measured.run(), measured.seconds(), scenario, load, startMillis, until)
                .forEach(second -> stages.merge(
                        second.stage(),
                        new LoadDelivered.Part(
                                LoadDelivered.Unit.USERS, second.delivered(), second.delivered(), second.planned()),
                        LoadDelivered.Part::plus));
        return stages;
    }

    /** The same second by second. */
    static List<StageSecond> seconds(
            StoredRun run,
            List<ExecutorSecond> seconds,
            ScenarioPlan scenario,
            Load.Closed load,
            long startMillis,
            Duration until) {
        var planned = planned(UserSchedule.of(load), startMillis, until);
        var inAll = new HashMap<Long, Double>();
        planned.forEach(second -> inAll.merge(second.second(), second.users(), Double::sum));
        var active = activeUsers(run, scenario, seconds);
        return planned.stream()
                .map(second -> {
                    double all = inAll.getOrDefault(second.second(), 0.0);
                    double share = all == 0 ? 0 : second.users() / all;
                    double there = active.getOrDefault(second.second(), 0.0) * share;
                    return new StageSecond(
                            second.second(), scenario.name(), second.stage(), "users", second.users(), there);
                })
                .toList();
    }

    /** Of each second and stage with load. */
    static List<PlannedSecond> planned(UserSchedule schedule, long startMillis, Duration until) {
        var planned = new ArrayList<PlannedSecond>();
        long end = startMillis + Math.min(until.toMillis(), schedule.duration().toMillis());
        for (long second = Math.floorDiv(startMillis, 1000L); second * 1000 < end; second++) {
            long at = second;
            inSecond(schedule, second * 1000 - startMillis)
                    .forEach((stage, users) -> planned.add(new PlannedSecond(at, stage, users)));
        }
        return planned;
    }

    /** User seconds of each stage in the second from that time after the scenario's start on. */
    private static Map<String, Double> inSecond(UserSchedule schedule, long millis) {
        var planned = new LinkedHashMap<String, Double>();
        for (int step = 0; step < STEPS; step++) {
            var at = Duration.ofMillis(millis + (2 * step + 1) * 1000L / (2 * STEPS));
            if (!at.isNegative() && at.compareTo(schedule.duration()) < 0) {
                planned.merge(schedule.stageAt(at), (double) schedule.users(at) / STEPS, Double::sum);
            }
        }
        return planned;
    }

    private static Map<Long, Double> activeUsers(StoredRun run, ScenarioPlan scenario, List<ExecutorSecond> seconds) {
        List<Integer> executors = run.plan().shards().stream()
                .filter(shard -> shard.scenario().name().equals(scenario.name()))
                .map(Shard::executor)
                .toList();
        var active = new HashMap<Long, Double>();
        seconds.stream()
                .filter(second -> executors.contains(second.executor()))
                .forEach(second -> active.merge(second.second(), second.active(), Double::sum));
        return active;
    }
}
