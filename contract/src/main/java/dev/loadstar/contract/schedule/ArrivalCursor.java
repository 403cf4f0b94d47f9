package dev.loadstar.contract.schedule;

import org.jspecify.annotations.Nullable;

/** Goes through the arrivals that one executor owns, in order, through all revisions of its plan. For one thread. */
public final class ArrivalCursor {

    /** In arrivals. */
    private static final double ROUNDING = 1e-6;

    private ShardSchedule schedule;
    private int phase;
    private Positions positions;
    private long index;
    private long last = -1;

    public ArrivalCursor(ShardSchedule schedule) {
        this.schedule = schedule;
        this.positions = Positions.of(schedule.phase(0).open());
    }

    /** Goes on with a schedule that has more revisions. */
    public void follow(ShardSchedule revised) {
        if (revised != schedule) {
            long from = last;
            schedule = revised;
            phase = 0;
            begin(revised.phase(0), Math.max(0, from));
        }
    }

    /** The next arrival, which stays the next until it is {@link #taken}; null when none is left. */
    public @Nullable Arrival next() {
        while (true) {
            ShardSchedule.Phase current = schedule.phase(phase);
            long end = schedule.endOf(phase);
            Arrival arrival = next(current);
            if (arrival != null && arrival.dueNanos() < end) {
                return arrival;
            }
            if (phase + 1 == schedule.phases()) {
                return null;
            }
            phase++;
            begin(schedule.phase(phase), Math.max(end, last));
        }
    }

    /** That arrival is dealt with. */
    public void taken(Arrival arrival) {
        index = arrival.index() + 1;
        last = arrival.dueNanos() + 1;
    }

    private @Nullable Arrival next(ShardSchedule.Phase current) {
        long owned = current.stripes().next(index);
        if (owned == Long.MAX_VALUE) {
            return null;
        }
        double position = positions.of(owned);
        return position < current.arrivals().total()
                ? new Arrival(owned, current.arrivals().due(position))
                : null;
    }

    /** Those that are due before are another phase's, or dealt with; times went through F and back, hence the second look. */
    private void begin(ShardSchedule.Phase next, long fromNanos) {
        positions = Positions.of(next.open());
        index = positions.firstFrom(next.arrivals().accumulated(fromNanos) - ROUNDING);
        double position = positions.of(index);
        while (position < next.arrivals().total() && next.arrivals().due(position) < fromNanos) {
            index++;
            position = positions.of(index);
        }
    }
}
