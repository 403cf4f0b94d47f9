package dev.loadstar.platform.run;

import java.time.Duration;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * How long the states of a run may take, in milliseconds.
 *
 * @param readyLimitMs of PROVISIONING
 * @param runLimitMs of RUNNING
 */
@Embeddable
record Limits(long readyLimitMs, long runLimitMs) {

    /** Until its validation begins. */
    static final Duration TURN = Duration.ofMinutes(15);

    static final Duration VALIDATING = Duration.ofMinutes(5);
    static final Duration QUEUED = Duration.ofHours(24);
    static final Duration REPORTING = Duration.ofMinutes(5);

    /** For a run whose plan is not known yet. */
    static final Limits UNKNOWN = new Limits(0, 0);

    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration SCRIPT_DECIDES = Duration.ofHours(24);

    static Limits of(RunPlan plan) {
        Duration grace = Duration.ZERO;
        Duration load = Duration.ZERO;
        for (ScenarioPlan scenario : plan.scenarios()) {
            grace = longer(grace, scenario.load().gracefulStop());
            load = longer(load, scenario.startAfter().plus(planned(scenario)));
        }
        Duration ready = plan.executors().readyTimeout().plus(MARGIN);
        return new Limits(ready.toMillis(), load.plus(grace).plus(MARGIN).toMillis());
    }

    private static Duration planned(ScenarioPlan scenario) {
        @Nullable Duration planned = scenario.load().plannedDuration();
        return planned == null ? SCRIPT_DECIDES : planned;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
