package dev.loadstar.executor.load;

/**
 * The instants at which one user's iterations are to begin: from its first one on, one in each interval. Of the instants
 * that a long iteration has covered the last one counts, and its iteration begins at once; those before it are not caught
 * up, because the burst would be no load that anybody asked for. For one thread; times are nanoseconds since the start of
 * the load.
 */
public final class PacingGrid {

    private boolean begun;
    private long last;

    /** When the next iteration is due; long ago where this is the first one or there is no interval. */
    public long next(long interval) {
        return begun && interval > 0 ? last + interval : Long.MIN_VALUE;
    }

    /**
     * An iteration begins now, which is not before {@link #next}.
     *
     * @return the instant at which it was due
     */
    public long begin(long now, long interval) {
        last = begun && interval > 0 ? now - (now - last) % interval : now;
        begun = true;
        return last;
    }
}
