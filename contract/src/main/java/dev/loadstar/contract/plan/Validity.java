package dev.loadstar.contract.plan;

import java.time.Duration;

/**
 * When a measurement is worth a verdict; shares are 0…1.
 *
 * @param retry whether a run whose measurement is not is started once more
 */
public record Validity(
        double minLoadDelivered,
        double maxGeneratorCpu,
        Duration maxStartSkew,
        double maxSamplesLost,
        long minSamples,
        boolean retry) {

    public static final Validity DEFAULT = new Validity(0.95, 0.90, Duration.ofMillis(250), 0.01, 1);

    /** Without a second run. */
    public Validity(
            double minLoadDelivered,
            double maxGeneratorCpu,
            Duration maxStartSkew,
            double maxSamplesLost,
            long minSamples) {
        this(minLoadDelivered, maxGeneratorCpu, maxStartSkew, maxSamplesLost, minSamples, false);
    }
}
