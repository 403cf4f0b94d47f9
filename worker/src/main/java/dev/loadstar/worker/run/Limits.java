package dev.loadstar.worker.run;

import java.time.Duration;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;

/**
 * How long a run waits for what.
 *
 * @param lease an executor makes load for so long after the worker's last word
 * @param silence an executor that says nothing for so long is lost
 * @param startLead least time from the order to start to the start itself
 * @param stopGrace given to iterations when a run is stopped
 * @param killAfter a stopped executor that has not ended by then is killed
 * @param slack added to the planned end before the run is taken for stuck
 * @param unplanned longest run of a script that decides its own load
 * @param goodbye most time that a process may take to end after its executor's last word
 * @param away how long measured data may wait for an absent broker after the load is over
 */
public record Limits(
        Duration lease,
        Duration silence,
        Duration startLead,
        Duration stopGrace,
        Duration killAfter,
        Duration slack,
        Duration unplanned,
        Duration goodbye,
        Duration away) {

    public static final Limits STANDARD = new Limits(
            Duration.ofSeconds(10),
            Duration.ofMillis(3500),
            Duration.ofMillis(400),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofHours(24),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5));

    private static final Duration LONGEST_LEAD = Duration.ofSeconds(2);

    /** Long enough that the order reaches everybody before the start, also where clocks are known badly. */
    Duration startLead(Duration clockUncertainty) {
        Duration wanted = longer(startLead, clockUncertainty.multipliedBy(3));
        return wanted.compareTo(LONGEST_LEAD) > 0 ? LONGEST_LEAD : wanted;
    }

    /** From the start of the load until every scenario must have ended, graceful stop and slack included. */
    Duration longestLoad(RunPlan plan) {
        return plan.scenarios().stream()
                .map(this::longestLoad)
                .reduce(Duration.ZERO, Limits::longer)
                .plus(slack);
    }

    private Duration longestLoad(ScenarioPlan scenario) {
        Duration planned = scenario.load().plannedDuration();
        Duration load = planned == null ? unplanned : planned;
        return scenario.startAfter().plus(load).plus(scenario.load().gracefulStop());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    public Limits withAway(Duration time) {
        return new Limits(lease, silence, startLead, stopGrace, killAfter, slack, unplanned, goodbye, time);
    }
}
