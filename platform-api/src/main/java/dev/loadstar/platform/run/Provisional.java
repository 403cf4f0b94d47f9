package dev.loadstar.platform.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.loadstar.results.RunResult;
import dev.loadstar.results.RunResults;

/** What live runs have measured so far, kept for a moment: fifty pages that look at one run cost as much as one. */
final class Provisional {

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final RunResults results;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Provisional(RunResults results) {
        this.results = results;
    }

    private record Known(RunResult result, long nanos) {
        boolean isFresh() {
            return System.nanoTime() - nanos < FRESH.toNanos();
        }
    }

    /** At most a second old; who asks while it is being computed waits for that. */
    RunResult find(String runId) {
        known.values().removeIf(kept -> !kept.isFresh());
        return known.computeIfAbsent(
                        runId, id -> new Known(results.find(id).orElse(RunResult.NOTHING), System.nanoTime()))
                .result();
    }
}
