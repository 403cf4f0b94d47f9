package dev.loadstar.contract.run;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a person changed of the load of a running scenario.
 *
 * @param what one of it, or both at once; a value holds up to the end of the stage that runs, a pause until it is taken back
 * @param status what became of it
 * @param stage that ran when it took effect, null as long as it has not
 * @param afterMs when it took effect, since the scenario's start; null as long as it has not
 * @param detail why it was refused, in one sentence
 */
public record LoadChange(
        String id,
        Instant at,
        String by,
        String scenario,
        What what,
        Status status,
        @Nullable String stage,
        @Nullable Long afterMs,
        @Nullable String detail) {

    /**
     * What is null stays as it is.
     *
     * @param users of a closed load
     * @param rate arrivals per second of an open load
     */
    public record What(
            @Nullable Integer users,
            @Nullable Double rate,
            @Nullable Boolean paused) {

        /** The number, whichever it is. */
        public @Nullable Double value() {
            return users == null ? rate : Double.valueOf(users);
        }
    }

    /** What became of a change. */
    public enum Status {
        /** The run's worker has not answered yet. */
        ORDERED,
        APPLIED,
        REFUSED
    }

    public static LoadChange ordered(String id, Instant at, String by, String scenario, What what) {
        return new LoadChange(id, at, by, scenario, what, Status.ORDERED, null, null, null);
    }

    public LoadChange applied(String runningStage, long sinceStartMs) {
        return new LoadChange(id, at, by, scenario, what, Status.APPLIED, runningStage, sinceStartMs, null);
    }

    public LoadChange refused(String why) {
        return new LoadChange(id, at, by, scenario, what, Status.REFUSED, null, null, why);
    }
}
