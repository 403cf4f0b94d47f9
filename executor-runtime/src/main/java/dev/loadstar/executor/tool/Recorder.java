package dev.loadstar.executor.tool;

import java.util.function.Supplier;

/** Takes what a tool measured. Called by every thread of the tool for every sample: it neither blocks nor does I/O. */
public interface Recorder {

    void record(Sample sample);

    /**
     * Takes what became of one arrival of an open load.
     *
     * @param dueMicros when the schedule wanted it, epoch µs of this machine's clock
     */
    void arrival(long dueMicros, ArrivalFate fate);

    /**
     * Takes a failed sample, and with it, if it is among the few of its label and error kind that are kept, what was sent
     * and answered. Only then {@code exchange} is asked, at once and on the caller's thread. A recorder that keeps none
     * need not do more than this.
     */
    default void record(Sample failed, Supplier<Exchange> exchange) {
        record(failed);
    }
}
