package dev.loadstar.contract.plan;

import java.time.Duration;

/**
 * A query to a Prometheus that watches the target. Its values stand on the time axis of the run.
 *
 * @param id unique in the test; assertions name it {@code prometheus.<id>}
 * @param name of the group that it stands in, for people
 * @param server name under which the operator registered the Prometheus
 * @param promql whose answer is one series
 * @param step distance of its values, in whole seconds
 */
public record TargetQuery(String id, String name, String server, String promql, Unit unit, Duration step) {

    /** What its values are. */
    public enum Unit {
        /** 0…100. */
        PERCENT("percent"),

        /** 0…1. */
        RATIO("ratio"),
        SECONDS("seconds"),
        BYTES("bytes"),
        COUNT("count"),
        PER_SECOND("perSecond");

        private final String key;

        Unit(String key) {
            this.key = key;
        }

        /** As the definition writes it. */
        public String key() {
            return key;
        }
    }
}
