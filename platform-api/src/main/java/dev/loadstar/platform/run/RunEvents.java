package dev.loadstar.platform.run;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.contract.wire.ClockOffset;
import dev.loadstar.contract.wire.ExecutorOutcome;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunEvent;
import org.jspecify.annotations.Nullable;

/** What an event says about a run's row. */
final class RunEvents {

    private RunEvents() {}

    /**
     * Answers whether it was news.
     *
     * @throws IllegalArgumentException if it names something that this version does not know
     */
    static boolean apply(RunRow run, RunEvent event, Instant now) {
        Instant at = Instant.ofEpochMilli(event.getAtMillis());
        return switch (event.getKindCase()) {
            case WORKER_STARTED -> run.workerStarted(now);
            case EXECUTOR_CHANGED ->
                !run.isFinished()
                        && run.executorChanged(
                                executor(event.getExecutorChanged().getExecutor()));
            case EXECUTORS_READY -> run.executorsReady(at);
            case LOAD_STARTED ->
                run.loadStarted(Instant.ofEpochMilli(event.getLoadStarted().getStartMillis()));
            case LOAD_ENDED -> run.loadEnded(at);
            case RUN_ENDED -> ended(run, event.getRunEnded(), now);
            case LOAD_CHANGED -> loadChanged(run, event.getLoadChanged());
            case REPORTED -> reported(run, event.getReported(), now);
            case KIND_NOT_SET -> false;
        };
    }

    /** Facts are taken also from one that comes after reporting's word. */
    private static boolean ended(RunRow run, RunEnded ended, Instant now) {
        boolean news = false;
        if (ended.getLoadStartedMillis() > 0) {
            news = run.loadBegan(Instant.ofEpochMilli(ended.getLoadStartedMillis()));
            news |= ended.getLoadEndedMillis() > 0 && run.loadEnded(Instant.ofEpochMilli(ended.getLoadEndedMillis()));
        }
        for (ExecutorOutcome executor : ended.getExecutorsList()) {
            news |= run.executorChanged(executor(executor));
        }
        if (ended.getEndReason().equals(EndReason.COMPLETED.name())
                && !ended.getDetail().isEmpty()) {
            // The verdict has a reason of its own; this must not get lost beside it.
            news |= run.warn(ended.getDetail());
        }
        var how = Ending.unjudged(
                EndReason.valueOf(ended.getEndReason()), ended.getDetail(), orNull(ended.getErrorCode()));
        return run.ended(how, now) || news;
    }

    private static boolean loadChanged(RunRow run, RunEvent.LoadChanged answer) {
        return run.changeAnswered(
                answer.getId(),
                change -> answer.getRefused().isEmpty()
                        ? change.applied(answer.getStage(), TimeUnit.NANOSECONDS.toMillis(answer.getAfterNanos()))
                        : change.refused(answer.getRefused()));
    }

    private static boolean reported(RunRow run, RunEvent.Reported reported, Instant now) {
        @Nullable Ending before = run.ending();
        EndReason endReason = reported.getEndReason().isEmpty() && before != null
                ? before.endReason()
                : EndReason.valueOf(reported.getEndReason());
        @Nullable String wouldBe = orNull(reported.getWouldBe());
        return run.finish(
                new Ending(
                        endReason,
                        Verdict.valueOf(reported.getVerdict()),
                        wouldBe == null ? null : Verdict.valueOf(wouldBe),
                        orNull(reported.getReason()),
                        orNull(reported.getErrorCode())),
                now);
    }

    static RunDocument.ExecutorResult executor(ExecutorOutcome outcome) {
        double skew = outcome.getStartSkewMillis();
        boolean started = !Double.isNaN(skew) && running(outcome);
        return new RunDocument.ExecutorResult(
                outcome.getExecutor(),
                outcome.getTool(),
                orNull(outcome.getHost()),
                ExecutorStatus.valueOf(outcome.getStatus()),
                outcome.getHasExitCode() ? outcome.getExitCode() : null,
                started ? skew : null,
                outcome.hasClock() ? clock(outcome.getClock()) : null,
                outcome.getProducedAtLastHeartbeat(),
                null,
                null,
                null,
                outcome.getLogTailList());
    }

    private static RunDocument.@Nullable ClockResult clock(ClockOffset clock) {
        return Double.isFinite(clock.getUncertaintyMillis())
                ? new RunDocument.ClockResult(clock.getOffsetMillis(), clock.getUncertaintyMillis())
                : null;
    }

    private static boolean running(ExecutorOutcome outcome) {
        return !outcome.getStatus().equals(ExecutorStatus.STARTING.name())
                && !outcome.getStatus().equals(ExecutorStatus.READY.name());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
