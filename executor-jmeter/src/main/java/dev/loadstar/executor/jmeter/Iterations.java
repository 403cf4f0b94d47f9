package dev.loadstar.executor.jmeter;

/** Asked by a user's main controller at the start of each iteration. */
@FunctionalInterface
interface Iterations {

    /** Whether another iteration may begin; may wait for its due time. False ends the user. */
    boolean mayBegin();
}
