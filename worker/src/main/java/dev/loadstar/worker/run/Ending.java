package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.wire.RunEnded;
import org.jspecify.annotations.Nullable;

/**
 * Why a run ends; the first reason stays.
 *
 * @param detail one sentence, empty where there is nothing to add
 * @param errorCode slug, empty for an end that is no error
 */
record Ending(EndReason reason, String detail, String errorCode, boolean byPerson) {

    static Ending error(EndReason reason, ErrorCode code, String detail) {
        return new Ending(reason, detail, code.slug(), false);
    }

    static Ending ordered(Message.StopOrdered stop) {
        String code = switch (stop.reason()) {
            case TIMED_OUT -> ErrorCode.TIMED_OUT.slug();
            case PLATFORM_ERROR -> ErrorCode.INTERNAL_ERROR.slug();
            case NO_CAPACITY -> ErrorCode.NO_CAPACITY.slug();
            case NOT_READY -> ErrorCode.NOT_READY.slug();
            case TOOL_FAILED -> ErrorCode.TOOL_FAILED.slug();
            case EXECUTORS_LOST -> ErrorCode.EXECUTORS_LOST.slug();
            case WORKER_LOST -> ErrorCode.WORKER_LOST.slug();
            case COMPLETED, REFUSED, STOPPED_BY_USER, STOPPED_BY_RULE -> "";
        };
        return new Ending(stop.reason(), stop.detail(), code, stop.byPerson());
    }

    /** @param deficits what lost executors left undone */
    static Ending completed(Fleet executors, List<String> deficits) {
        var said = new ArrayList<String>();
        if (executors.lost() > 0) {
            said.add("%d of %d executors %s lost."
                    .formatted(executors.lost(), executors.size(), executors.lost() == 1 ? "was" : "were"));
        }
        said.addAll(deficits);
        return new Ending(EndReason.COMPLETED, String.join(" ", said), "", false);
    }

    static Ending timedOut() {
        return error(EndReason.TIMED_OUT, ErrorCode.TIMED_OUT, "The load did not end in time.");
    }

    /** An executor said why it cannot make load. */
    static Ending cannotStart(String code, String problem) {
        EndReason reason = Map.of(
                        ErrorCode.TOOL_FAILED.slug(), EndReason.TOOL_FAILED,
                        ErrorCode.NO_CAPACITY.slug(), EndReason.NO_CAPACITY)
                .getOrDefault(code, EndReason.NOT_READY);
        return new Ending(reason, problem, code.isEmpty() ? ErrorCode.NOT_READY.slug() : code, false);
    }

    static Ending notReady(String missing, int size, Duration limit) {
        if (missing.isEmpty()) {
            return error(
                    EndReason.PLATFORM_ERROR, ErrorCode.INTERNAL_ERROR, "Kafka did not take the run's first record.");
        }
        return error(
                EndReason.NOT_READY,
                ErrorCode.NOT_READY,
                "Not ready within %d s: executor %s of %d.".formatted(limit.toSeconds(), missing, size));
    }

    static Ending toolFailed(int executor, String how) {
        return error(EndReason.TOOL_FAILED, ErrorCode.TOOL_FAILED, "Executor %d failed: %s".formatted(executor, how));
    }

    static Ending diedEarly(int executor, String how) {
        return error(
                EndReason.TOOL_FAILED,
                ErrorCode.TOOL_FAILED,
                "Executor %d %s before it was ready.".formatted(executor, how));
    }

    static Ending notLaunched(Message.LaunchFailed failed) {
        boolean full = failed.code() == ErrorCode.NO_CAPACITY;
        return error(full ? EndReason.NO_CAPACITY : EndReason.PLATFORM_ERROR, failed.code(), failed.detail());
    }

    static Ending lost(int executor, String why) {
        return error(
                EndReason.EXECUTORS_LOST,
                ErrorCode.EXECUTORS_LOST,
                "Executor %d was lost: %s.".formatted(executor, why));
    }

    static Ending away(Duration time) {
        return error(
                EndReason.PLATFORM_ERROR,
                ErrorCode.INTERNAL_ERROR,
                "The server was away for %d s.".formatted(time.toSeconds()));
    }

    static Ending broken(String defect) {
        return error(EndReason.PLATFORM_ERROR, ErrorCode.INTERNAL_ERROR, defect);
    }

    /** @param loadStarted null where no load was started */
    RunEnded toWire(@Nullable Instant loadStarted, Instant now, Fleet executors) {
        var ended = RunEnded.newBuilder()
                .setEndReason(reason.name())
                .setDetail(detail)
                .setErrorCode(errorCode)
                .setByPerson(byPerson);
        if (loadStarted != null) {
            ended.setLoadStartedMillis(loadStarted.toEpochMilli()).setLoadEndedMillis(now.toEpochMilli());
        }
        executors.forEach(executor -> ended.addExecutors(executor.outcome()));
        return ended.build();
    }
}
