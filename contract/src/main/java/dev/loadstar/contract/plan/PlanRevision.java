package dev.loadstar.contract.plan;

import java.time.Instant;

/**
 * A change of the load of a running scenario, the one mechanism behind redistribution, pause and live change.
 *
 * @param number 0 is the plan as it was started; each later revision is one higher
 * @param effectiveAt on the worker's clock
 * @param index of this executor's stripe from then on
 */
public record PlanRevision(int number, Instant effectiveAt, Load load, int index, int of) {

    /** The same with its instant on another clock. */
    public PlanRevision effectiveAt(Instant instant) {
        return new PlanRevision(number, instant, load, index, of);
    }
}
