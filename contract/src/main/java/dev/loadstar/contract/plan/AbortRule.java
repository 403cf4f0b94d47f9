package dev.loadstar.contract.plan;

import java.time.Duration;

/**
 * Stops a run while it runs.
 *
 * @param when what must not hold: the run is stopped when it does
 * @param span over which it is judged, second by second; whole seconds
 * @param after counted from the start of the load: before that nothing is looked at
 */
public record AbortRule(String id, AssertionPlan when, Duration span, Duration after, Outcome verdict) {

    /** Verdict of a run that it stopped. */
    public enum Outcome {
        FAILED,
        ABORTED
    }
}
