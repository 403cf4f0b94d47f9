package dev.loadstar.results;

import dev.loadstar.contract.plan.AssertionPlan;

/** Reads off a part of a run what an assertion is about, if enough was measured to say it. */
final class PartReading {

    private PartReading() {}

    /**
     * Of a whole run: where nothing at all was measured, there is not even a count of it.
     *
     * @param minSamples that an assertion about times needs, if its percentile does not need more
     */
    static Reading ofWhole(AssertionPlan assertion, Part part, long minSamples) {
        return switch (assertion.metric()) {
            case ERRORS, REQUESTS, BYTES_RECEIVED ->
                part.samples().count() == 0
                        ? new Reading.NoData("no sample was measured in its scope")
                        : value(assertion, part);
            case LATENCY_SERVICE,
                    LATENCY_INTENDED,
                    CONNECT,
                    TTFB,
                    LOAD_DELIVERED,
                    ARRIVALS_DROPPED,
                    GENERATOR_CPU,
                    PROMETHEUS -> of(assertion, part, minSamples);
        };
    }

    /** Of a window, in which nothing is a number as well. */
    static Reading ofWindow(AssertionPlan assertion, Part part) {
        return of(assertion, part, 1);
    }

    private static Reading of(AssertionPlan assertion, Part part, long minSamples) {
        var samples = part.samples();
        return switch (assertion.metric()) {
            case LATENCY_SERVICE -> time(assertion, part, samples.count(), minSamples);
            case LATENCY_INTENDED -> time(assertion, part, samples.count() + part.missing(), minSamples);
            case CONNECT ->
                samples.count() > 0 && samples.connect().isEmpty()
                        ? unmeasured("connect")
                        : time(assertion, part, samples.connect().total(), minSamples);
            case TTFB ->
                samples.count() > 0 && samples.ttfb().isEmpty()
                        ? unmeasured("ttfb")
                        : time(assertion, part, samples.ttfb().total(), minSamples);
            case ERRORS, REQUESTS, BYTES_RECEIVED -> value(assertion, part);
            case ARRIVALS_DROPPED ->
                part.arrivals().decided() == 0 ? new Reading.NoData("no arrival was due") : value(assertion, part);
            case GENERATOR_CPU ->
                part.generator().isEmpty()
                        ? new Reading.NoData("no executor of its scope made load")
                        : value(assertion, part);
            case PROMETHEUS ->
                part.target().isEmpty()
                        ? new Reading.NoData("the query gave no value while there was load of its scope")
                        : value(assertion, part);
            case LOAD_DELIVERED -> throw new IllegalArgumentException("the delivered load is not read off a part");
        };
    }

    private static Reading unmeasured(String metric) {
        return new Reading.NoData(
                "the tool does not measure `%s` of these requests; judge `latency.service` instead".formatted(metric));
    }

    private static Reading time(AssertionPlan assertion, Part part, long count, long minSamples) {
        if (count == 0) {
            return new Reading.NoData("no sample was measured in its scope");
        }
        long own = ofPercentile(assertion.stat());
        long needed = Math.max(own, minSamples);
        return count < needed
                ? new Reading.TooLittle("%d of the %d samples that it needs; let it run longer or %s"
                        .formatted(
                                count,
                                needed,
                                own >= minSamples ? "judge a lower percentile" : "lower `validity.minSamples`"))
                : value(assertion, part);
    }

    private static Reading value(AssertionPlan assertion, Part part) {
        var value = StatValue.of(assertion, part);
        return value == null ? new Reading.NoData("there is nothing to count it in") : new Reading.Value(value);
    }

    /** As many as a percentile needs to be one. */
    private static long ofPercentile(String stat) {
        double percentile = StatValue.percentile(stat);
        return percentile >= 99.9 ? 1_000 : percentile >= 99 ? 100 : 1;
    }
}
