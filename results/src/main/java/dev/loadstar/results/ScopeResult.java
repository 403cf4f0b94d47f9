package dev.loadstar.results;

import dev.loadstar.contract.run.Latency;
import org.jspecify.annotations.Nullable;

/**
 * What was measured in some scope.
 *
 * @param errorRatio 0…1, null without requests
 * @param latencyMs null without requests
 * @param intendedLatencyMs from when the schedule wanted it; null where nothing in the scope has a schedule
 */
public record ScopeResult(
        long requests,
        long errors,
        @Nullable Double errorRatio,
        @Nullable Latency latencyMs,
        @Nullable Latency intendedLatencyMs) {}
