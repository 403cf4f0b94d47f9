package dev.loadstar.executor.gatling;

/** Begins iterations: of a simulation's populations, or of a definition's requests. Safe for many threads. */
interface Starter {

    /**
     * Begins one at once.
     *
     * @param number of the user or arrival over the whole test
     * @param intendedMicros when the schedule wanted it, or -1 where no schedule does
     * @param atEnd called on one of Gatling's event loops once the user is through, not after a cut
     * @return false if there is nothing left for it
     */
    boolean begin(long number, long intendedMicros, Runnable atEnd);

    /** Nobody will get anything any more. */
    boolean isSpent();
}
