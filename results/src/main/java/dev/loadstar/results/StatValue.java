package dev.loadstar.results;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.results.Measured.ExecutorSecond;
import org.jspecify.annotations.Nullable;

/**
 * A statistic.
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

    /** As people read it. */
    String words() {
        String number = switch (unit) {
            case "ms" -> BigDecimal.valueOf(shown).stripTrailingZeros().toPlainString() + " ms";
            case "ratio" -> Digits.percent(shown);
            case "count" -> Digits.count(Math.round(shown));
            default -> BigDecimal.valueOf(shown).stripTrailingZeros().toPlainString() + "/s";
        };
        return aboveMax ? "more than " + number : number;
    }

    /** Of what the assertion measures; null where a rate has no time to count in, or a share nothing to be one of. */
    static @Nullable StatValue of(AssertionPlan assertion, Part part) {
        var samples = part.samples();
        return switch (assertion.metric()) {
            case LATENCY_SERVICE -> latency(assertion.stat(), samples);
            case LATENCY_INTENDED -> histogram(assertion.stat(), samples.intended(), part.missing());
            case CONNECT -> histogram(assertion.stat(), samples.connect(), 0);
            case TTFB -> histogram(assertion.stat(), samples.ttfb(), 0);
            case ERRORS -> counted(assertion.stat(), samples.errors(), samples.count(), part.time());
            case REQUESTS -> counted(assertion.stat(), samples.count(), samples.count(), part.time());
            case BYTES_RECEIVED -> counted(assertion.stat(), samples.bytesReceived(), samples.count(), part.time());
            case ARRIVALS_DROPPED ->
                counted(
                        assertion.stat(),
                        part.arrivals().dropped(),
                        part.arrivals().decided(),
                        part.time());
            case GENERATOR_CPU -> ratio(cpu(assertion.stat(), part.generator()));
            case PROMETHEUS -> target(assertion.stat(), part.target());
            case LOAD_DELIVERED -> throw new IllegalArgumentException("the delivered load is no statistic of a part");
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

    private static StatValue histogram(String stat, SparseHistogram times, long missing) {
        if (times.isEmpty() && missing > 0) {
            return new StatValue(Double.POSITIVE_INFINITY, 0, "ms", true);
        }
        double micros = switch (stat) {
            case "avg" -> times.mean();
            case "min" -> times.valueAtPercentile(0, missing);
            case "stddev" -> times.standardDeviation();
            case "max" -> times.valueAtPercentile(100, missing);
            default -> times.valueAtPercentile(percentile(stat), missing);
        };
        double max = Digits.millis(times.valueAtPercentile(100));
        return micros >= Long.MAX_VALUE
                ? new StatValue(Double.POSITIVE_INFINITY, max, "ms", true)
                : new StatValue(Digits.millis(micros), Digits.millis(micros), "ms");
    }

    private static double quantile(Samples samples, double percentile) {
        Double value = samples.percentile(percentile);
        return value == null ? samples.max() : value;
    }

    /** {@code last} is that of the busiest executor in the newest second. */
    private static double cpu(String stat, List<ExecutorSecond> seconds) {
        return stat.equals("last") ? last(seconds) : of(stat, seconds.stream().mapToDouble(ExecutorSecond::cpu));
    }

    /** In the query's own unit. */
    private static StatValue target(String stat, List<TargetSeries.Value> values) {
        double exact = stat.equals("last")
                ? values.getLast().value()
                : of(stat, values.stream().mapToDouble(TargetSeries.Value::value));
        return new StatValue(exact, Digits.significant(exact), "");
    }

    private static double of(String stat, DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return switch (stat) {
            case "avg" -> mean(sorted);
            case "min" -> sorted[0];
            case "max" -> sorted[sorted.length - 1];
            case "stddev" -> deviation(sorted);
            default -> sorted[Math.max(0, (int) Math.ceil(percentile(stat) / 100 * sorted.length) - 1)];
        };
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    private static double last(List<ExecutorSecond> seconds) {
        long newest = seconds.stream().mapToLong(ExecutorSecond::second).max().orElse(0);
        return seconds.stream()
                .filter(second -> second.second() == newest)
                .mapToDouble(ExecutorSecond::cpu)
                .max()
                .orElse(0);
    }

    /** Null where a rate has no time to count in, or a share nothing to be one of. */
    static @Nullable StatValue counted(String stat, long part, long all, Duration time) {
        return switch (stat) {
            case "ratio" -> all == 0 ? null : ratio((double) part / all);
            case "rate" -> rate(part, time);
            default -> new StatValue(part, part, "count");
        };
    }

    static StatValue ratio(double exact) {
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
            case LATENCY_SERVICE, LATENCY_INTENDED, CONNECT, TTFB -> "ms";
            case LOAD_DELIVERED, GENERATOR_CPU -> "ratio";
            case PROMETHEUS -> "";
            case ERRORS, REQUESTS, BYTES_RECEIVED, ARRIVALS_DROPPED ->
                switch (assertion.stat()) {
                    case "ratio" -> "ratio";
                    case "rate" -> "per-second";
                    default -> "count";
                };
        };
    }
}
