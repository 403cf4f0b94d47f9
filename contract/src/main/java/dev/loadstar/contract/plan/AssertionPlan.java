package dev.loadstar.contract.plan;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One pass/fail criterion in its long form.
 *
 * @param text as the user reads it, {@code p99 of 'add to cart' <= 800ms in hold}
 * @param stat of the metric: {@code p50 … p99.9 avg min max stddev} for times, {@code ratio count rate} for counts,
 *     those of times and {@code last} for the generator
 * @param value in the metric's unit: milliseconds, 0…1, a count, or per second
 * @param terms a plan of an older server has none
 * @param pointer into the definition, for messages
 */
public record AssertionPlan(
        String id,
        String text,
        Metric metric,
        String stat,
        Scope scope,
        Op op,
        double value,
        Terms terms,
        String pointer) {

    public AssertionPlan {
        terms = terms == null ? Terms.USUAL : terms;
    }

    /** On the usual terms. */
    public AssertionPlan(
            String id, String text, Metric metric, String stat, Scope scope, Op op, double value, String pointer) {
        this(id, text, metric, stat, scope, op, value, Terms.USUAL, pointer);
    }

    /** What is measured. */
    public enum Metric {
        /** From the actual send on. */
        LATENCY_SERVICE,

        /** From when the schedule wanted it; equal to the other where no schedule exists. */
        LATENCY_INTENDED,

        /** Time to connect, of requests that did. */
        CONNECT,

        /** From the send to the first byte of the response. */
        TTFB,
        ERRORS,
        REQUESTS,
        BYTES_RECEIVED,
        LOAD_DELIVERED,

        /** Arrivals of an open load that found as many users as there may be. */
        ARRIVALS_DROPPED,

        /** CPU of an executor in a second, share of its limit. */
        GENERATOR_CPU,

        /** Values of a {@link TargetQuery}, in its unit. */
        PROMETHEUS
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

    /**
     * Narrows the samples that count; null means all. Unmeasured stages never count unless named.
     *
     * @param executor its number
     * @param status of the response, {@code 503} or {@code 5xx}
     * @param query id of the one that a PROMETHEUS assertion is about
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Scope(
            @Nullable String scenario,
            @Nullable String request,
            @Nullable String stage,
            @Nullable Integer executor,
            @Nullable String status,
            @Nullable String query) {
        public static final Scope ALL = new Scope(null, null, null);

        /** Of no query. */
        public Scope(
                @Nullable String scenario,
                @Nullable String request,
                @Nullable String stage,
                @Nullable Integer executor,
                @Nullable String status) {
            this(scenario, request, stage, executor, status, null);
        }

        /** The same about the values of a query. */
        public Scope of(@Nullable String otherQuery) {
            return new Scope(scenario, request, stage, executor, status, otherQuery);
        }

        /** Of all executors and statuses. */
        public Scope(@Nullable String scenario, @Nullable String request, @Nullable String stage) {
            this(scenario, request, stage, null, null);
        }
    }

    /**
     * How it is judged, and what follows.
     *
     * @param warnValue a stricter limit, whose breach only warns; null: none
     * @param window null: judged once, over the whole time
     * @param vsBaseline held against earlier runs in place of a value; null: against the value
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Terms(
            @Nullable Double warnValue,
            @Nullable Window window,
            OnBreach onBreach,
            OnNoData onNoData,
            @Nullable VsBaseline vsBaseline) {
        public static final Terms USUAL = new Terms(null, null, OnBreach.FAIL, OnNoData.INVALID);

        /** Held against a value. */
        public Terms(@Nullable Double warnValue, @Nullable Window window, OnBreach onBreach, OnNoData onNoData) {
            this(warnValue, window, onBreach, onNoData, null);
        }
    }

    /**
     * Most change against the baseline; it is a breach only if it is beyond both and noise does not explain it.
     *
     * @param changeMax as a share: 0.1 lets it rise by 10 %, -0.05 lets it fall by 5 %
     * @param atLeast in the metric's unit, 0 or more
     */
    public record VsBaseline(double changeMax, double atLeast) {}

    /**
     * Judged in each window of the time.
     *
     * @param every length of a window, in whole seconds
     * @param holdFor share of the windows in which it must hold, 0…1
     */
    public record Window(Duration every, double holdFor) {}

    /** What a breach does to the verdict. */
    public enum OnBreach {
        FAIL,
        WARN,

        /** Nothing. */
        RECORD
    }

    /** What it is worth when nothing was measured. */
    public enum OnNoData {
        INVALID,
        FAIL,
        PASS
    }
}
