package dev.loadstar.results;

import java.time.Instant;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.wire.RunEnded;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about a run beside its measurements.
 *
 * @param loadStartMillis null before the first load; to the second until the run has ended, then exact
 * @param ended null while the run goes on
 * @param rule id of the rule that ordered its end; null where none did
 * @param rolledTo rows of 10 s and 60 s hold exactly the rows of 1 s before this second
 */
public record StoredRun(
        String runId,
        String project,
        int number,
        RunPlan plan,
        Instant opened,
        @Nullable Long loadStartMillis,
        @Nullable RunEnded ended,
        @Nullable String rule,
        long rolledTo) {

    /** No sample of the run is before this second; executors' clocks may be a little off. */
    long firstSecond() {
        return opened.getEpochSecond() - 3600;
    }
}
