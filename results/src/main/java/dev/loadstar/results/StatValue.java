package dev.loadstar.results;

import java.time.Duration;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import org.jspecify.annotations.Nullable;

/**
 * A statistic of some samples.
 *
 * @param exact what is judged
 * @param shown the same with the digits that people read
 * @param unit ms, ratio, count or per-second
 * @param aboveMax whether it lies among arrivals that were dropped; {@code shown} is then the greatest that was measured
 */
record StatValue(double exact, double shown, String unit, boolean aboveMax) {

    StatValue(double exact, double shown, String unit) {
        this(exact, shown, unit, false);
    }

    /**
     * Null where a rate has no time to count in.
     *
     * @param missing samples that dropped arrivals would have made: they rank above all others in intended latency
     */
    static @Nullable StatValue of(AssertionPlan assertion, Samples samples, long missing, Duration time) {
        return switch (assertion.metric()) {
            case LATENCY_SERVICE -> latency(assertion.stat(), samples);
            case LATENCY_INTENDED -> intended(assertion.stat(), samples.intended(), missing);
            case ERRORS -> counted(assertion, samples.errors(), samples.count(), time);
            case REQUESTS -> counted(assertion, samples.count(), samples.count(), time);
            case BYTES_RECEIVED -> counted(assertion, samples.bytesReceived(), samples.count(), time);
            case LOAD_DELIVERED, ARRIVALS_DROPPED ->
                throw new IllegalArgumentException(assertion.metric() + " is no statistic of samples");
        };
    }

    private static StatValue latency(String stat, Samples samples) {
        double value = switch (stat) {
            case "avg" -> samples.average();
            case "min" -> samples.min();
            case "max" -> samples.max();
            case "stddev" -> samples.standardDeviation();
            default -> quantile(samples, percentile(stat));
        };
        return new StatValue(value, value, "ms");
    }

    private static StatValue intended(String stat, SparseHistogram intended, long missing) {
        double micros = switch (stat) {
            case "avg" -> intended.mean();
            case "min" -> intended.valueAtPercentile(0);
            case "stddev" -> intended.standardDeviation();
            case "max" -> intended.valueAtPercentile(100, missing);
            default -> intended.valueAtPercentile(percentile(stat), missing);
        };
        double max = Digits.millis(intended.valueAtPercentile(100));
        return micros >= Long.MAX_VALUE
                ? new StatValue(Double.POSITIVE_INFINITY, max, "ms", true)
                : new StatValue(Digits.millis(micros), Digits.millis(micros), "ms");
    }

    private static double quantile(Samples samples, double percentile) {
        Double value = samples.percentile(percentile);
        return value == null ? samples.max() : value;
    }

    /** Null where a rate has no time to count in. */
    static @Nullable StatValue dropped(AssertionPlan assertion, ArrivalResult arrivals, Duration time) {
        return counted(assertion, arrivals.dropped(), arrivals.decided(), time);
    }

    private static @Nullable StatValue counted(AssertionPlan assertion, long part, long all, Duration time) {
        return switch (assertion.stat()) {
            case "ratio" -> ratio((double) part / all);
            case "rate" -> rate(part, time);
            default -> new StatValue(part, part, "count");
        };
    }

    private static StatValue ratio(double exact) {
        return new StatValue(exact, Digits.ratio(exact), "ratio");
    }

    private static @Nullable StatValue rate(long count, Duration time) {
        if (!time.isPositive()) {
            return null;
        }
        double exact = count * 1e9 / time.toNanos();
        return new StatValue(exact, Digits.perSecond(exact), "per-second");
    }

    /** 99.9 of {@code p99.9}; -1 for a statistic that is no percentile. */
    static double percentile(String stat) {
        return stat.matches("p\\d+(\\.\\d+)?") ? Double.parseDouble(stat.substring(1)) : -1;
    }

    static String unit(AssertionPlan assertion) {
        return switch (assertion.metric()) {
            case LATENCY_SERVICE, LATENCY_INTENDED -> "ms";
            case LOAD_DELIVERED -> "ratio";
            case ERRORS, REQUESTS, BYTES_RECEIVED, ARRIVALS_DROPPED ->
                switch (assertion.stat()) {
                    case "ratio" -> "ratio";
                    case "rate" -> "per-second";
                    default -> "count";
                };
        };
    }
}
