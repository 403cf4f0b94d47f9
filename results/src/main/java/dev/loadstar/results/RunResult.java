package dev.loadstar.results;

import java.util.List;

import dev.loadstar.contract.run.RunDocument;
import org.jspecify.annotations.Nullable;

/**
 * The measured part of a {@link RunDocument}; provisional while the run is on its way.
 *
 * @param warnings about what was refused; none stands in a stored result, because more may come after it
 */
public record RunResult(
        RunDocument.@Nullable Summary summary,
        List<RunDocument.LabelResult> labels,
        List<RunDocument.ErrorCount> errors,
        List<RunDocument.AssertionResult> assertions,
        List<RunDocument.StageResult> stages,
        List<RunDocument.ExecutorResult> executors,
        RunDocument.@Nullable Ledger ledger,
        List<String> warnings) {

    public static final RunResult NOTHING =
            new RunResult(null, List.of(), List.of(), List.of(), List.of(), List.of(), null, List.of());

    public RunResult {
        labels = List.copyOf(labels);
        errors = List.copyOf(errors);
        assertions = List.copyOf(assertions);
        stages = List.copyOf(stages);
        executors = List.copyOf(executors);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    public RunResult withSummary(RunDocument.@Nullable Summary other) {
        return new RunResult(other, labels, errors, assertions, stages, executors, ledger, warnings);
    }

    RunResult with(
            List<RunDocument.ExecutorResult> otherExecutors,
            RunDocument.@Nullable Ledger otherLedger,
            List<String> otherWarnings) {
        return new RunResult(summary, labels, errors, assertions, stages, otherExecutors, otherLedger, otherWarnings);
    }
}
