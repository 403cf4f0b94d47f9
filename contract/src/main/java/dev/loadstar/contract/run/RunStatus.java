package dev.loadstar.contract.run;

/** Where a run is on its way. It only moves forward, in the order of declaration. */
public enum RunStatus {
    VALIDATING,
    QUEUED,
    PROVISIONING,
    RUNNING,
    REPORTING,
    FINISHED;

    public boolean isBefore(RunStatus other) {
        return compareTo(other) < 0;
    }
}
