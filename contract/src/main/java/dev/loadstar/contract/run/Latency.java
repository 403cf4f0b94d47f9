package dev.loadstar.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Latency over some scope, in milliseconds with µs digits. Percentiles come from merged histograms.
 *
 * @param measuredUpTo the highest percentile that was measured, null where that is all of them: what lies above are
 *     arrivals that were dropped. Percentiles beyond it are shown as "> max"
 */
public record Latency(
        double avg,
        double min,
        double p50,
        double p90,
        double p95,
        double p99,
        double p999,
        double max,
        double stddev,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double measuredUpTo) {

    /** Whether that percentile lies among arrivals that were dropped, so that it is above the maximum. */
    public boolean isAboveMax(double percentile) {
        return measuredUpTo != null && percentile > measuredUpTo;
    }
}
