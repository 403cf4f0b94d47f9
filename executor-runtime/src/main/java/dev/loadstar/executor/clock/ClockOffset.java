package dev.loadstar.executor.clock;

/**
 * How far this machine's wall clock is ahead of the worker's; nanoseconds.
 *
 * @param uncertaintyNanos half the round trip of the best probe; infinite as long as there was none
 */
public record ClockOffset(double offsetNanos, double uncertaintyNanos) {

    public static final ClockOffset UNKNOWN = new ClockOffset(0, Double.POSITIVE_INFINITY);

    /** The offset where it is surely not zero, else 0: correcting by less than the error would only add noise. */
    public long appliedNanos() {
        return Math.abs(offsetNanos) > uncertaintyNanos ? Math.round(offsetNanos) : 0;
    }
}
