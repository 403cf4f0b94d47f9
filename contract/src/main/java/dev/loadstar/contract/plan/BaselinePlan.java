package dev.loadstar.contract.plan;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which runs a test's figures are held against. They are of the same test of the same project, have passed or warned, and
 * nobody changed their load.
 *
 * @param runs how many at most
 * @param branch of {@link Use#BRANCH}: a git ref or the value of a label {@code branch}; null: the run's own
 * @param labels that they must have: those of the definition, without what was added at submission
 * @param chosen null until the run gets its worker
 */
public record BaselinePlan(
        Use use,
        int runs,
        IfMissing ifMissing,
        @Nullable String branch,
        Map<String, String> labels,
        @Nullable Chosen chosen) {

    public BaselinePlan {
        labels = Map.copyOf(labels);
    }

    /** The same with the runs that it is to be. */
    public BaselinePlan with(Chosen runs) {
        return new BaselinePlan(use, this.runs, ifMissing, branch, labels, runs);
    }

    /** Which of them. */
    public enum Use {
        /** Those that a person pinned. */
        PINNED,
        LAST_PASSED,
        MEDIAN_OF_LAST,
        /** The last ones of a branch. */
        BRANCH
    }

    /** What an assertion is worth without any of them. */
    public enum IfMissing {
        /** It passes, and says that it was not judged. */
        SKIP,
        FAIL
    }

    /**
     * The runs that it came to be.
     *
     * @param reference what the run is held against, newest first
     * @param comparable those that tell how far runs differ among themselves; they may be the reference
     */
    public record Chosen(List<Run> reference, List<Run> comparable) {
        public Chosen {
            reference = List.copyOf(reference);
            comparable = List.copyOf(comparable);
        }
    }

    /** @param number as people name it */
    public record Run(String id, int number) {}
}
