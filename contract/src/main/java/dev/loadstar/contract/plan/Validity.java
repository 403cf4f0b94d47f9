package dev.loadstar.contract.plan;

import java.time.Duration;

/** When a measurement is worth a verdict; shares are 0…1. */
public record Validity(
        double minLoadDelivered,
        double maxGeneratorCpu,
        Duration maxStartSkew,
        double maxSamplesLost,
        long minSamples) {

    public static final Validity DEFAULT = new Validity(0.95, 0.90, Duration.ofMillis(250), 0.01, 1);
}
