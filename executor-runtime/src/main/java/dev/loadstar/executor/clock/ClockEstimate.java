package dev.loadstar.executor.clock;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/**
 * Estimates the {@link ClockOffset} from probes that the worker echoes. Of the latest probes the one with the shortest
 * round trip counts: what delays a probe (scheduling, garbage collection, queues) makes it longer and one-sided.
 */
public final class ClockEstimate {

    /** With a probe every 500 ms this is half a minute, short enough to follow clocks that drift. */
    private static final int WINDOW = 64;

    private final Deque<ClockOffset> probes = new ArrayDeque<>();
    private volatile ClockOffset best = ClockOffset.UNKNOWN;

    /**
     * @param sentNanos monotonic, when the probe left
     * @param receivedNanos monotonic, when its echo came
     * @param ownEpochNanos this machine's wall clock at the echo's arrival
     * @param workerEpochNanos the worker's wall clock as echoed
     */
    public synchronized void add(long sentNanos, long receivedNanos, long ownEpochNanos, long workerEpochNanos) {
        double halfTrip = Math.max(0, receivedNanos - sentNanos) / 2.0;
        if (probes.size() == WINDOW) {
            probes.removeFirst();
        }
        probes.addLast(new ClockOffset(ownEpochNanos - halfTrip - workerEpochNanos, halfTrip));
        best = probes.stream()
                .min(Comparator.comparingDouble(ClockOffset::uncertaintyNanos))
                .orElse(ClockOffset.UNKNOWN);
    }

    public ClockOffset best() {
        return best;
    }
}
