package dev.loadstar.validator;

import java.util.List;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;

/** What became of a submission. */
public sealed interface Validation {

    record Accepted(RunPlan plan, List<String> warnings) implements Validation {
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * @param test the definition's name, null where it could not be read
     * @param source as far as it was found, null where not even the commit is known
     */
    record Refused(List<Problem> problems, @Nullable String test, RunPlan.@Nullable Source source)
            implements Validation {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
