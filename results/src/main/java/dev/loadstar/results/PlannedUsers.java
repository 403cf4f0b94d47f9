package dev.loadstar.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.schedule.UserSchedule;
import org.jspecify.annotations.Nullable;

/** How many users a whole plan wants at a time after the start of the load. */
public final class PlannedUsers {

    private final List<Part> parts;

    private PlannedUsers(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private record Part(Duration startAfter, UserSchedule schedule) {
        double at(Duration sinceStart) {
            return schedule.users(sinceStart.minus(startAfter));
        }
    }

    /** Null where a script decides its load, or where users leave when their iterations are done. */
    public static @Nullable PlannedUsers of(RunPlan plan) {
        var parts = new ArrayList<Part>();
        for (ScenarioPlan scenario : plan.scenarios()) {
            switch (scenario.load()) {
                case Load.Closed closed -> parts.add(new Part(scenario.startAfter(), UserSchedule.of(closed)));
                case Load.Open _, Load.Iterations _, Load.FromScript _ -> {
                    return null;
                }
            }
        }
        return new PlannedUsers(parts);
    }

    public double at(Duration sinceStart) {
        return parts.stream().mapToDouble(part -> part.at(sinceStart)).sum();
    }
}
