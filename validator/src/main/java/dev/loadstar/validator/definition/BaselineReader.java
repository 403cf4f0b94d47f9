package dev.loadstar.validator.definition;

import java.util.Collection;
import java.util.LinkedHashMap;

import dev.loadstar.contract.plan.BaselinePlan;
import dev.loadstar.contract.plan.BaselinePlan.IfMissing;
import dev.loadstar.contract.plan.BaselinePlan.Use;
import org.jspecify.annotations.Nullable;

/** Reads which runs a test is held against. */
final class BaselineReader {

    private static final int RUNS = 5;

    private final Problems problems;

    BaselineReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Null where the definition has none.
     *
     * @param labels all that the run has
     * @param own keys of those that stand in the definition: a build number that was given at submission tells runs apart
     */
    @Nullable
    BaselinePlan read(Place place, Place labels, Collection<String> own) {
        if (!place.exists()) {
            return null;
        }
        Use use = use(place.at("use").text(""));
        if (place.at("branch").exists() && use != Use.BRANCH) {
            problems.invalid(place.at("branch"), "`branch` goes with `\"use\": \"branch\"`");
        }
        var needed = new LinkedHashMap<>(labels.texts());
        needed.keySet().retainAll(own);
        return new BaselinePlan(
                use,
                place.at("runs").number().orElse(RUNS),
                place.at("ifMissing").text("").equals("fail") ? IfMissing.FAIL : IfMissing.SKIP,
                place.at("branch").text().orElse(null),
                needed,
                null);
    }

    private static Use use(String text) {
        return switch (text) {
            case "pinned" -> Use.PINNED;
            case "lastPassed" -> Use.LAST_PASSED;
            case "branch" -> Use.BRANCH;
            default -> Use.MEDIAN_OF_LAST;
        };
    }
}
