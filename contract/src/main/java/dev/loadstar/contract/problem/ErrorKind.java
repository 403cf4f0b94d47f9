package dev.loadstar.contract.problem;

/** Whose move it is after an error. */
public enum ErrorKind {
    /** The input is wrong; the user can mend it. */
    USER,
    /** The load tool failed or cannot do what was asked. */
    TOOL,
    /** Something is too small, full or busy at the moment. */
    CAPACITY,
    /** Loadstar's own fault. */
    INTERNAL
}
