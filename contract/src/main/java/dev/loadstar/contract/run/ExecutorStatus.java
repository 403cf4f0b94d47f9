package dev.loadstar.contract.run;

/** Where one executor is; LOST is the end of one that was killed, froze or fell silent. */
public enum ExecutorStatus {
    STARTING,
    READY,
    RUNNING,
    FINISHED,
    FAILED,
    LOST
}
