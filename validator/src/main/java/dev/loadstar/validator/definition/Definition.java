package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A definition as far as it can be understood from its text alone, with everything that is wrong with it. Without
 * problems it is complete.
 *
 * @param test null where it has no name
 * @param target null where it has no usable address
 */
public record Definition(
        @Nullable String test,
        @Nullable String title,
        Map<String, String> labels,
        RunPlan.@Nullable Target target,
        List<Scenario> scenarios,
        RunPlan.ExecutorsPlan executors,
        List<AssertionPlan> assertions,
        Validity validity,
        Limits limits,
        List<Problem> problems,
        List<String> warnings) {

    /** One scenario; {@code load} is empty where it could not be read. */
    public record Scenario(
            String pointer,
            String name,
            String tool,
            Optional<ScenarioPlan.Script> script,
            Optional<Load> load,
            List<String> stages) {

        /** Its plan, where script and load are known. */
        public Optional<ScenarioPlan> plan() {
            return script.flatMap(
                    file -> load.map(how -> new ScenarioPlan(name, tool, Duration.ZERO, file, how, List.of())));
        }
    }

    /** The author's own limits, each null where none is set. */
    public record Limits(
            @Nullable Duration maxDuration, @Nullable Integer maxUsers) {}
}
