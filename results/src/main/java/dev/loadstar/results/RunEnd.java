package dev.loadstar.results;

import java.util.Arrays;
import java.util.Optional;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.SampleKind;
import org.jspecify.annotations.Nullable;

/**
 * How a run came to its end, made out of the worker's word and of what the measurements show.
 *
 * @param detail one sentence
 * @param error null where the run did not break
 * @param byRule verdict of the rule that stopped it; null where none did
 */
record RunEnd(
        EndReason reason,
        String detail,
        @Nullable ErrorCode error,
        boolean byPerson,
        @Nullable Verdict byRule) {

    static RunEnd of(Measured measured) {
        var ended = measured.run().ended();
        if (ended == null) {
            throw new IllegalStateException("a run that goes on cannot be judged");
        }
        var said = said(ended, measured.run());
        if (said.reason != EndReason.COMPLETED || said.error != null) {
            return said;
        }
        return toolFailed(measured, ended).or(() -> targetSilent(measured)).orElse(said);
    }

    private static RunEnd said(RunEnded ended, StoredRun run) {
        var reason = Arrays.stream(EndReason.values())
                .filter(known -> known.name().equals(ended.getEndReason()))
                .findFirst()
                .orElse(EndReason.PLATFORM_ERROR);
        var error = Arrays.stream(ErrorCode.values())
                .filter(known -> known.slug().equals(ended.getErrorCode()))
                .findFirst()
                .orElseGet(() -> usualError(reason));
        String detail = ended.getDetail().isBlank() ? sentence(reason) : withoutFullStop(ended.getDetail());
        return new RunEnd(reason, detail, error, ended.getByPerson(), byRule(reason, run));
    }

    /** One that nobody knows of any more leaves a run that was stopped and no more. */
    private static @Nullable Verdict byRule(EndReason reason, StoredRun run) {
        return reason != EndReason.STOPPED_BY_RULE
                ? null
                : run.plan().abort().stream()
                        .filter(rule -> rule.id().equals(run.rule()))
                        .map(rule -> switch (rule.verdict()) {
                            case FAILED -> Verdict.FAILED;
                            case ABORTED -> Verdict.ABORTED;
                        })
                        .findFirst()
                        .orElse(Verdict.ABORTED);
    }

    private static Optional<RunEnd> toolFailed(Measured measured, RunEnded ended) {
        return measured.ends().entrySet().stream()
                .filter(end -> end.getValue().toolFailed() && !wasLost(end.getKey(), ended))
                .findFirst()
                .map(end -> new RunEnd(
                        EndReason.TOOL_FAILED,
                        "the tool of executor %d failed: %s"
                                .formatted(
                                        end.getKey(),
                                        withoutFullStop(end.getValue().message())),
                        ErrorCode.TOOL_FAILED,
                        false,
                        null));
    }

    /** It ended because it lost its worker, which is told elsewhere and no failure of the tool. */
    private static boolean wasLost(int executor, RunEnded ended) {
        return ended.getExecutorsList().stream()
                .anyMatch(outcome ->
                        outcome.getExecutor() == executor && outcome.getStatus().equals(ExecutorStatus.LOST.name()));
    }

    /** No connection at all is a target that was never there; one that breaks down under load is a failure of its own. */
    private static Optional<RunEnd> targetSilent(Measured measured) {
        long requests = measured.requests().count();
        var refused = measured.errors().stream()
                .filter(error -> error.sampleKind() == SampleKind.REQUEST)
                .filter(error ->
                        error.kind().startsWith("connect.") || error.kind().equals("dns"))
                .toList();
        long unconnected = refused.stream().mapToLong(Measured.ErrorRow::count).sum();
        if (requests == 0 || unconnected < requests) {
            return Optional.empty();
        }
        return Optional.of(new RunEnd(
                EndReason.COMPLETED,
                "the target %s took no connection: all %s requests ended with %s"
                        .formatted(
                                measured.run().plan().target().baseUrl(),
                                Digits.count(requests),
                                refused.getFirst().kind()),
                ErrorCode.TARGET_UNREACHABLE,
                false,
                null));
    }

    private static String withoutFullStop(String sentence) {
        return sentence.strip().replaceFirst("\\.$", "");
    }

    private static @Nullable ErrorCode usualError(EndReason reason) {
        return switch (reason) {
            case COMPLETED, REFUSED, STOPPED_BY_USER, STOPPED_BY_RULE -> null;
            case NOT_READY -> ErrorCode.NOT_READY;
            case NO_CAPACITY -> ErrorCode.NO_CAPACITY;
            case EXECUTORS_LOST -> ErrorCode.EXECUTORS_LOST;
            case WORKER_LOST -> ErrorCode.WORKER_LOST;
            case TOOL_FAILED -> ErrorCode.TOOL_FAILED;
            case TIMED_OUT -> ErrorCode.TIMED_OUT;
            case PLATFORM_ERROR -> ErrorCode.INTERNAL_ERROR;
        };
    }

    private static String sentence(EndReason reason) {
        return switch (reason) {
            case COMPLETED -> "the load ran to its end";
            case REFUSED -> "the run was refused";
            case STOPPED_BY_USER -> "stopped by a person";
            case STOPPED_BY_RULE -> "stopped by a rule";
            case NOT_READY -> "not every executor got ready in time";
            case NO_CAPACITY -> "there was no room for the run";
            case EXECUTORS_LOST -> "executors were lost";
            case WORKER_LOST -> "the run's worker was lost";
            case TOOL_FAILED -> "the load tool failed";
            case TIMED_OUT -> "a deadline passed";
            case PLATFORM_ERROR -> "Loadstar failed";
        };
    }
}
