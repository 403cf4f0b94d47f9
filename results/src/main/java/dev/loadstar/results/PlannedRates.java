package dev.loadstar.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.schedule.ArrivalSchedule;
import org.jspecify.annotations.Nullable;

/** How many arrivals per second the open loads of a plan want at a time after the start of the load. */
public final class PlannedRates {

    private final List<Part> parts;

    private PlannedRates(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private record Part(Duration startAfter, ArrivalSchedule schedule) {
        double at(Duration sinceStart) {
            return schedule.rate(sinceStart.minus(startAfter));
        }
    }

    /** Null where no load is open. */
    public static @Nullable PlannedRates of(RunPlan plan) {
        var parts = new ArrayList<Part>();
        for (var scenario : plan.scenarios()) {
            if (scenario.load() instanceof Load.Open open) {
                parts.add(new Part(scenario.startAfter(), ArrivalSchedule.of(open)));
            }
        }
        return parts.isEmpty() ? null : new PlannedRates(parts);
    }

    public double at(Duration sinceStart) {
        return parts.stream().mapToDouble(part -> part.at(sinceStart)).sum();
    }
}
