package dev.loadstar.platform.run;

import java.util.Map;

import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are asked for; what is null takes all.
 *
 * @param labels all of which a run must have
 */
public record RunFilter(
        @Nullable String test,
        @Nullable RunStatus status,
        @Nullable Verdict verdict,
        Map<String, String> labels) {

    public static final RunFilter ALL = new RunFilter(null, null, null, Map.of());

    public RunFilter {
        labels = Map.copyOf(labels);
    }
}
