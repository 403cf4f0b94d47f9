package dev.loadstar.contract.run;

/** What a finished run says about its target; a refused run has none. */
public enum Verdict {
    PASSED(0),
    WARNED(0),
    FAILED(3),
    INVALID(5),
    ERRORED(1),
    ABORTED(4);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Exit code of the command line for a run that ended so. */
    public int exitCode() {
        return exitCode;
    }
}
