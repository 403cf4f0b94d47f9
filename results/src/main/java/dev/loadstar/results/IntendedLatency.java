package dev.loadstar.results;

import dev.loadstar.contract.run.Latency;
import org.jspecify.annotations.Nullable;

/**
 * Latency from the intended start on.
 *
 * @param missing samples that dropped arrivals would have made, which rank above all that were measured
 */
record IntendedLatency(SparseHistogram measured, long missing) {

    Latency latency() {
        return new Latency(
                Digits.millis(measured.mean()),
                Digits.millis(measured.valueAtPercentile(0)),
                quantile(50),
                quantile(90),
                quantile(95),
                quantile(99),
                quantile(99.9),
                max(),
                Digits.millis(measured.standardDeviation()),
                measuredUpTo());
    }

    private double quantile(double percentile) {
        long micros = measured.valueAtPercentile(percentile, missing);
        return micros == Long.MAX_VALUE ? max() : Digits.millis(micros);
    }

    private double max() {
        return Digits.millis(measured.valueAtPercentile(100));
    }

    private @Nullable Double measuredUpTo() {
        double share = (double) measured.total() / (measured.total() + missing);
        return missing == 0 ? null : Double.valueOf(100 * share);
    }
}
