package dev.loadstar.results;

import java.util.function.ToDoubleFunction;

import dev.loadstar.contract.run.Latency;
import dev.loadstar.contract.run.RunDocument.LabelResult;
import org.jspecify.annotations.Nullable;

/** The figures of a label that two runs are compared by. */
enum ComparedFigure {
    RATE("requests/s", "per-second"),
    ERRORS("errors", "ratio"),
    AVG("avg", "ms"),
    P50("p50", "ms"),
    P90("p90", "ms"),
    P95("p95", "ms"),
    P99("p99", "ms"),
    P999("p99.9", "ms"),
    MAX("max", "ms"),
    INTENDED_P50("intended p50", "ms"),
    INTENDED_P95("intended p95", "ms"),
    INTENDED_P99("intended p99", "ms");

    private final String title;
    private final String unit;

    ComparedFigure(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    /** Null where it was not measured. */
    @Nullable
    Double of(LabelResult label) {
        var service = label.latencyMs();
        var intended = label.intendedLatencyMs();
        return switch (this) {
            case RATE -> label.requestsPerSecond();
            case ERRORS -> label.errorRatio();
            case AVG -> part(service, Latency::avg);
            case P50 -> part(service, Latency::p50);
            case P90 -> part(service, Latency::p90);
            case P95 -> part(service, Latency::p95);
            case P99 -> part(service, Latency::p99);
            case P999 -> part(service, Latency::p999);
            case MAX -> part(service, Latency::max);
            case INTENDED_P50 -> part(intended, Latency::p50);
            case INTENDED_P95 -> part(intended, Latency::p95);
            case INTENDED_P99 -> part(intended, Latency::p99);
        };
    }

    /** Null also where it lies among arrivals that were dropped, so that its value is not known. */
    private @Nullable Double part(@Nullable Latency of, ToDoubleFunction<Latency> part) {
        return of == null || of.isAboveMax(percentile()) ? null : (Double) part.applyAsDouble(of);
    }

    boolean isBetterWhenMore() {
        return this == RATE;
    }

    /** Standard error of it within a run. */
    double error(double of, Samples samples) {
        var error = new StandardError(samples);
        return switch (this) {
            case RATE -> error.ofCount(of);
            case ERRORS -> error.ofRatio(of);
            case AVG -> error.ofMean();
            case MAX -> 0;
            case P50, P90, P95, P99, P999 -> error.ofPercentile(percentile(), LatencyKind.SERVICE);
            case INTENDED_P50, INTENDED_P95, INTENDED_P99 -> error.ofPercentile(percentile(), LatencyKind.INTENDED);
        };
    }

    /** Whether anything is known of its error within a run: of a maximum there is nothing. */
    boolean hasError() {
        return this != MAX;
    }

    private double percentile() {
        return switch (this) {
            case RATE, ERRORS, AVG -> 0;
            case P50, INTENDED_P50 -> 50;
            case P90 -> 90;
            case P95, INTENDED_P95 -> 95;
            case P99, INTENDED_P99 -> 99;
            case P999 -> 99.9;
            case MAX -> 100;
        };
    }
}
