package dev.loadstar.worker.run;

import java.time.Duration;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.plan.ScenarioPlan;

/**
 * How long a run waits for what.
 *
 * @param lease an executor makes load for so long after the worker's last word, which may take up to a second to arrive
 * @param silence an executor that says nothing for so long is lost
 * @param lead least time from an order to the instant from which on everybody obeys it
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
        Duration lead,
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

    /** Where others take over what a lost executor leaves, they wait for its lease; where nobody does, a long one spares a slow network. */
    private static final Duration SHORT_LEASE = Duration.ofSeconds(3);

    private static final Duration DELIVERY = Duration.ofSeconds(1);

    public static Limits of(RunPlan plan) {
        return plan.executors().onLoss() == OnLoss.REDISTRIBUTE ? STANDARD.withLease(SHORT_LEASE) : STANDARD;
    }

    /** From the last word to an executor until it surely makes no load any more. */
    Duration surelyOver() {
        return lease.plus(DELIVERY);
    }

    /** Long enough that the order reaches everybody before, also where clocks are known badly. */
    Duration lead(Duration clockUncertainty) {
        Duration wanted = longer(lead, clockUncertainty.multipliedBy(3));
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
        return new Limits(lease, silence, lead, stopGrace, killAfter, slack, unplanned, goodbye, time);
    }

    private Limits withLease(Duration length) {
        return new Limits(length, silence, lead, stopGrace, killAfter, slack, unplanned, goodbye, away);
    }
}
