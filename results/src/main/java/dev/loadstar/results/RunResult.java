package dev.loadstar.results;

import java.util.List;

import dev.loadstar.contract.run.RunDocument;
import org.jspecify.annotations.Nullable;

/** The measured part of a {@link RunDocument}; provisional while the run is on its way. */
public record RunResult(
        RunDocument.@Nullable Summary summary,
        List<RunDocument.LabelResult> labels,
        List<RunDocument.ErrorCount> errors,
        List<RunDocument.AssertionResult> assertions,
        List<RunDocument.StageResult> stages,
        List<RunDocument.ExecutorResult> executors,
        RunDocument.@Nullable Ledger ledger) {

    public static final RunResult NOTHING =
            new RunResult(null, List.of(), List.of(), List.of(), List.of(), List.of(), null);

    public RunResult {
        labels = List.copyOf(labels);
        errors = List.copyOf(errors);
        assertions = List.copyOf(assertions);
        stages = List.copyOf(stages);
        executors = List.copyOf(executors);
    }

    public RunResult withSummary(RunDocument.@Nullable Summary other) {
        return new RunResult(other, labels, errors, assertions, stages, executors, ledger);
    }
}
