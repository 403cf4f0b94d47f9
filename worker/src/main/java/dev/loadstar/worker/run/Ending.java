package dev.loadstar.worker.run;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.EndReason;

/**
 * Why a run ends; the first reason stays.
 *
 * @param errorCode slug, empty for an end that is no error
 */
record Ending(EndReason reason, String detail, String errorCode, boolean byPerson) {

    static Ending error(EndReason reason, ErrorCode code, String detail) {
        return new Ending(reason, detail, code.slug(), false);
    }

    static Ending ordered(EndReason reason, String detail, boolean byPerson) {
        String code = switch (reason) {
            case TIMED_OUT -> ErrorCode.TIMED_OUT.slug();
            case PLATFORM_ERROR -> ErrorCode.INTERNAL_ERROR.slug();
            case NO_CAPACITY -> ErrorCode.NO_CAPACITY.slug();
            case NOT_READY -> ErrorCode.NOT_READY.slug();
            case TOOL_FAILED -> ErrorCode.TOOL_FAILED.slug();
            case EXECUTORS_LOST -> ErrorCode.EXECUTORS_LOST.slug();
            case WORKER_LOST -> ErrorCode.WORKER_LOST.slug();
            case COMPLETED, REFUSED, STOPPED_BY_USER, STOPPED_BY_RULE -> "";
        };
        return new Ending(reason, detail, code, byPerson);
    }
}
