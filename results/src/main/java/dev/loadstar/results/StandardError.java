package dev.loadstar.results;

import dev.loadstar.contract.plan.AssertionPlan;

/**
 * How far figures of a run would be from themselves with other samples of the same target, taken for independent of each
 * other: one standard error each, in the figure's unit.
 */
record StandardError(Samples samples) {

    /** Of what an assertion is about; 0 where it is not known. */
    double of(AssertionPlan assertion, double figure) {
        return switch (assertion.metric()) {
            case LATENCY_SERVICE -> ofLatency(assertion.stat(), LatencyKind.SERVICE);
            case LATENCY_INTENDED -> ofLatency(assertion.stat(), LatencyKind.INTENDED);
            case ERRORS -> assertion.stat().equals("ratio") ? ofRatio(figure) : 0;
            case REQUESTS, BYTES_RECEIVED -> ofCount(figure);
            case CONNECT, TTFB, LOAD_DELIVERED, ARRIVALS_DROPPED, GENERATOR_CPU, PROMETHEUS -> 0;
        };
    }

    private double ofLatency(String stat, LatencyKind kind) {
        double percentile = StatValue.percentile(stat);
        return percentile >= 0 ? ofPercentile(percentile, kind) : stat.equals("avg") ? ofMean() : 0;
    }

    /** Of a number that comes from counting samples, which varies as Poisson's distribution does. */
    double ofCount(double figure) {
        return samples.count() == 0 ? 0 : figure / Math.sqrt((double) samples.count());
    }

    /** Of a share of the samples. */
    double ofRatio(double ratio) {
        return samples.count() == 0 ? 0 : Math.sqrt(ratio * (1 - ratio) / samples.count());
    }

    /** Of the mean latency, in ms. */
    double ofMean() {
        return samples.count() == 0 ? 0 : samples.standardDeviation() / Math.sqrt((double) samples.count());
    }

    /**
     * Of a percentile, in ms: half the distance between the order statistics one standard deviation of the binomial
     * distribution below and above its rank (David and Nagaraja, Order Statistics, 3rd ed., section 7.1).
     */
    double ofPercentile(double percentile, LatencyKind kind) {
        var latency = kind.of(samples);
        if (latency.isEmpty()) {
            return 0;
        }
        double share = percentile / 100;
        double ranks = 100 * Math.sqrt(share * (1 - share) / latency.total());
        long below = latency.valueAtPercentile(Math.max(0, percentile - ranks));
        long above = latency.valueAtPercentile(Math.min(100, percentile + ranks));
        return Digits.millis((double) (above - below)) / 2;
    }
}
