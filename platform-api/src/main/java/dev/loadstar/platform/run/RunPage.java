package dev.loadstar.platform.run;

import java.util.List;

import dev.loadstar.contract.run.RunDocument;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of runs.
 *
 * @param runs newest first; of what they measured only the totals of finished ones
 * @param before where the next page begins; null on the last one
 */
public record RunPage(List<RunDocument> runs, @Nullable Integer before) {
    public RunPage {
        runs = List.copyOf(runs);
    }
}
