package dev.loadstar.contract.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One pass/fail criterion in its long form.
 *
 * @param text as the user reads it, {@code p99 of 'add to cart' <= 800ms in hold}
 * @param stat of the metric: {@code p50 … p99.9 avg min max stddev} for latency, {@code ratio count rate} for counts
 * @param value in the metric's unit: milliseconds, 0…1, a count, or per second
 * @param pointer into the definition, for messages
 */
public record AssertionPlan(
        String id, String text, Metric metric, String stat, Scope scope, Op op, double value, String pointer) {

    /** What is measured. */
    public enum Metric {
        /** From the actual send on. */
        LATENCY_SERVICE,

        /** From when the schedule wanted it; equal to the other where no schedule exists. */
        LATENCY_INTENDED,
        ERRORS,
        REQUESTS,
        BYTES_RECEIVED,
        LOAD_DELIVERED,

        /** Arrivals of an open load that found as many users as there may be. */
        ARRIVALS_DROPPED
    }

    /** Written as what must hold. */
    public enum Op {
        LT("<"),
        LE("<="),
        GT(">"),
        GE(">=");

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        public boolean holds(double measured, double limit) {
            return switch (this) {
                case LT -> measured < limit;
                case LE -> measured <= limit;
                case GT -> measured > limit;
                case GE -> measured >= limit;
            };
        }
    }

    /** Narrows the samples that count; null means all. Unmeasured stages never count unless named. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Scope(
            @Nullable String scenario,
            @Nullable String request,
            @Nullable String stage) {
        public static final Scope ALL = new Scope(null, null, null);
    }
}
