package dev.loadstar.contract.run;

/** Why a run came to its end; apart from its {@link Verdict}. */
public enum EndReason {
    COMPLETED,
    REFUSED,
    STOPPED_BY_USER,
    STOPPED_BY_RULE,
    NOT_READY,
    NO_CAPACITY,
    EXECUTORS_LOST,
    WORKER_LOST,
    TOOL_FAILED,
    TIMED_OUT,
    PLATFORM_ERROR
}
