package dev.loadstar.contract.plan;

import java.time.Duration;
import java.util.List;

/**
 * A change of the load of a running scenario, the one mechanism behind redistribution, pause and live change. Its load
 * covers the whole scenario and is the old one up to {@code after}, so that the sequence of arrivals goes on.
 *
 * @param number 0 is the plan as it was started; each later revision is higher
 * @param after time since the scenario's start from which on it holds
 * @param stripes of this executor from then on
 */
public record PlanRevision(int number, Duration after, Load load, List<Stripe> stripes) {

    public PlanRevision {
        stripes = List.copyOf(stripes);
    }
}
