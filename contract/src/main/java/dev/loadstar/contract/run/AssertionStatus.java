package dev.loadstar.contract.run;

/** How one assertion came out. */
public enum AssertionStatus {
    PASSED,
    WARNED,
    FAILED,

    /** It does not hold, which changes no verdict. */
    RECORDED,
    INVALID
}
