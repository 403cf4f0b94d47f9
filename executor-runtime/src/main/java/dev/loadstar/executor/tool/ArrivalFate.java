package dev.loadstar.executor.tool;

/** What became of an arrival that the schedule wanted. */
public enum ArrivalFate {
    BEGUN,

    /** There were as many users as there may be at once. */
    DROPPED,

    /** The executor was too late for it, or had lost its lease: the generator's fault, not the target's. */
    LATE
}
