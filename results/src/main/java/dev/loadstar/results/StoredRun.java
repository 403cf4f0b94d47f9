package dev.loadstar.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.wire.RunEnded;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about a run beside its measurements.
 *
 * @param loadStartMillis null before the first load; to the second until the run has ended, then exact
 * @param ended null while the run goes on
 * @param rule id of the rule that ordered its end; null where none did
 * @param rolledTo longer rows hold exactly the rows of 1 s before this second, where their whole interval is before it
 * @param secondsFrom rows of 1 s before this second are no longer kept; 0 where all are
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
        long rolledTo,
        long secondsFrom) {

    /** No sample of the run is before this second; executors' clocks may be a little off. */
    long firstSecond() {
        return opened.getEpochSecond() - 3600;
    }

    /** Intervals of one length, one after the other. */
    record Stretch(int resolution, long from, long to) {}

    /**
     * Intervals that together cover a time once: as long as allowed as far as those are complete, shorter ones after that.
     *
     * @param longest of the intervals, s
     * @param from a multiple of it
     */
    List<Stretch> stretches(int longest, long from, long to) {
        var stretches = new ArrayList<Stretch>();
        long next = from;
        for (int resolution : RunTables.ROLLED.reversed()) {
            long until = Math.min(rolledTo - Math.floorMod(rolledTo, resolution), to);
            if (resolution <= longest && until > next) {
                stretches.add(new Stretch(resolution, next, until));
                next = until;
            }
        }
        if (next < to) {
            stretches.add(new Stretch(1, next, to));
        }
        return stretches;
    }
}
