package dev.loadstar.web;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.Verdict;
import org.jspecify.annotations.Nullable;

/** How a run ended, in sentences. */
record Outcome(RunDocument run) {

    /** The end in one sentence. */
    public String sentence() {
        if (run.endReason() == EndReason.REFUSED) {
            int problems = run.problems().size();
            return "The definition has %s. Nothing was started."
                    .formatted(problems == 1 ? "1 problem" : problems + " problems");
        }
        if (run.reason() != null) {
            return run.reason();
        }
        EndReason end = run.endReason();
        return end == null ? "" : words(end);
    }

    /** What an INVALID run would have been. */
    @Nullable
    public String wouldBe() {
        Verdict wouldBe = run.wouldBe();
        return wouldBe == null ? null : "Without that the verdict would have been %s.".formatted(wouldBe);
    }

    /** Whether it ended otherwise than by completing its plan, and how. */
    @Nullable
    public String ending() {
        EndReason end = run.endReason();
        boolean said = (end == EndReason.STOPPED_BY_USER || end == EndReason.STOPPED_BY_RULE) && run.reason() != null;
        return end == null || said || end == EndReason.COMPLETED || end == EndReason.REFUSED ? null : words(end);
    }

    /** What to do about an end that says nothing about the target; null where there is nothing to do, or the reason says it. */
    @Nullable
    public String advice() {
        if (run.endReason() == EndReason.REFUSED) {
            return "Mend what is listed below and submit it again.";
        }
        if (run.executors().stream().anyMatch(Outcome::broken)) {
            return "What went wrong stands in the executors' logs below.";
        }
        boolean nothing = run.summary() == null || run.summary().requests() == 0;
        return run.verdict() == Verdict.ERRORED && nothing
                ? "Look at the errors and the executors' logs below: the script may send nothing, or never get through."
                : null;
    }

    static boolean broken(RunDocument.ExecutorResult executor) {
        return executor.status() == ExecutorStatus.FAILED || executor.status() == ExecutorStatus.LOST;
    }

    private static String words(EndReason end) {
        return switch (end) {
            case COMPLETED -> "It ran to its end.";
            case REFUSED -> "It was refused.";
            case STOPPED_BY_USER -> "Somebody stopped it.";
            case STOPPED_BY_RULE -> "A rule stopped it.";
            case NOT_READY -> "Not every executor got ready in time.";
            case NO_CAPACITY -> "There was no room for it.";
            case EXECUTORS_LOST -> "Executors were lost.";
            case WORKER_LOST -> "Its worker was lost.";
            case TOOL_FAILED -> "The load tool failed.";
            case TIMED_OUT -> "A deadline passed.";
            case PLATFORM_ERROR -> "Loadstar failed.";
        };
    }
}
