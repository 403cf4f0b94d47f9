package dev.loadstar.executor.load;

/**
 * Spaces the requests of one executor evenly, so that those of all executors together are no more than the load's cap.
 * Executors begin shifted against each other, and so fill each other's gaps. Safe for many threads.
 */
public final class RateCap {

    private final LiveSchedule schedule;

    /** Part of a gap by which this executor comes after the first one. */
    private final double shift;

    private boolean begun;
    private long next;

    /** @param index of the executor among the {@code of} executors of the scenario */
    public RateCap(LiveSchedule schedule, int index, int of) {
        this.schedule = schedule;
        this.shift = (double) index / of;
    }

    /**
     * When the caller may send one more request, in nanoseconds since the start of the load. The instant is the caller's from
     * now on; what was not asked for in time is not made up for.
     */
    public synchronized long take() {
        long now = schedule.elapsed();
        Double rate = schedule.current().rateCap(Math.max(0, now));
        if (rate == null) {
            return now;
        }
        long gap = Math.round(1e9 / rate);
        if (!begun) {
            begun = true;
            next = Math.round(gap * shift);
        }
        long mine = Math.max(now, next);
        next = mine + gap;
        return mine;
    }
}
