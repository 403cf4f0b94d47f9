package dev.loadstar.platform.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.results.RunResult;
import dev.loadstar.results.RunResults;
import org.jspecify.annotations.Nullable;

/** Puts result documents together: a run's life from its row, what was measured from the results. */
final class RunDocuments {

    private final RunResults results;
    private final Provisional provisional;

    RunDocuments(RunResults results) {
        this.results = results;
        this.provisional = new Provisional(results);
    }

    RunDocument full(RunRow run, String project) {
        RunResult measured =
                run.isFinished() ? results.find(run.id()).orElse(RunResult.NOTHING) : provisional.find(run.id());
        return document(run, project, measured);
    }

    /** For a list: of what was measured only the totals of finished runs. */
    List<RunDocument> listed(List<RunRow> runs, String project) {
        var summaries = results.summaries(runs.stream().map(RunRow::id).toList());
        return runs.stream()
                .map(run -> document(run, project, RunResult.NOTHING.withSummary(summaries.get(run.id()))))
                .toList();
    }

    RunDocument brief(RunRow run, String project) {
        return document(run, project, RunResult.NOTHING);
    }

    /** Its plan as its load was changed; empty before it is known. */
    Optional<RunPlan> followedPlan(RunRow run) {
        return results.plan(run.id());
    }

    private static RunDocument document(RunRow run, String project, RunResult measured) {
        @Nullable Ending ending = run.ending();
        @Nullable EndReason endReason = ending == null ? null : ending.endReason();
        @Nullable Verdict verdict = ending == null ? null : ending.verdict();
        return new RunDocument(
                run.id(),
                run.number(),
                project,
                run.test(),
                run.status(),
                endReason,
                verdict,
                ending == null ? null : ending.wouldBe(),
                ending == null ? run.waitsFor() : ending.reason(),
                ending == null ? null : ending.errorCode(),
                run.source(),
                run.labels(),
                run.target(),
                run.submittedBy(),
                run.times().document(),
                measured.summary(),
                measured.labels(),
                measured.errors(),
                measured.assertions(),
                measured.stages(),
                executors(run, measured),
                measured.ledger(),
                run.problems(),
                Stream.concat(run.warnings().stream(), measured.warnings().stream())
                        .toList(),
                run.isChanged(),
                run.loadChanges(),
                run.retryOf(),
                run.retriedBy(),
                run.pin() == null ? null : run.pin().document(),
                new RunDocument.Links(page(project, run.number()), null));
    }

    static String page(String project, int number) {
        return "/projects/%s/runs/%d".formatted(project, number);
    }

    /** Until the final result is there, the worker's events know more about executors than their points do. */
    private static List<RunDocument.ExecutorResult> executors(RunRow run, RunResult measured) {
        return measured.executors().isEmpty() || !run.isFinished() ? run.executors() : measured.executors();
    }
}
