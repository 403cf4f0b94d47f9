package dev.loadstar.contract.run;

/** Latency over some scope, in milliseconds with µs digits. Percentiles come from merged histograms. */
public record Latency(
        double avg,
        double min,
        double p50,
        double p90,
        double p95,
        double p99,
        double p999,
        double max,
        double stddev) {}
