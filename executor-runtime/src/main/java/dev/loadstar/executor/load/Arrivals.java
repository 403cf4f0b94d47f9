package dev.loadstar.executor.load;

import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.schedule.Arrival;
import dev.loadstar.contract.schedule.ArrivalCursor;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Hands a tool its arrivals of an open load one by one, and tells the recorder what became of each. For the one thread that
 * begins iterations.
 *
 * <p>What this process was late for by more than a second, because it was frozen or has too few processors, and what was
 * due while its lease was lost, is counted and never caught up: the burst would be no load that anybody asked for.
 */
public final class Arrivals {

    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LiveSchedule schedule;
    private final LoadGate gate;
    private final Recorder recorder;
    private final ArrivalCursor cursor;

    public Arrivals(LiveSchedule schedule, LoadGate gate, Recorder recorder) {
        this.schedule = schedule;
        this.gate = gate;
        this.recorder = recorder;
        this.cursor = new ArrivalCursor(schedule.current());
    }

    /**
     * The next arrival, if it is due within {@code leadNanos} from now; the caller waits for its instant, then begins or
     * drops it. It is handed out once.
     */
    public @Nullable Arrival next(long leadNanos) {
        cursor.follow(schedule.current());
        while (true) {
            Arrival next = cursor.next();
            long elapsed = schedule.elapsed();
            if (next == null || next.dueNanos() > elapsed + leadNanos) {
                return null;
            }
            cursor.taken(next);
            if (isInTime(next)) {
                return next;
            }
            tell(next, ArrivalFate.LATE);
        }
    }

    /** Nanoseconds from now until the next arrival is due, negative if it is overdue; null if there is none left as the plan stands. */
    public @Nullable Long untilNext() {
        cursor.follow(schedule.current());
        Arrival next = cursor.next();
        return next == null ? null : Long.valueOf(next.dueNanos() - schedule.elapsed());
    }

    /**
     * Whether an arrival may still begin. To be asked again at its instant by who made ready for it ahead: the process may
     * have been frozen between. Called by any thread.
     */
    public boolean isInTime(Arrival arrival) {
        return gate.isOpen() && schedule.elapsed() - arrival.dueNanos() <= LATE_NANOS;
    }

    /** What the arrival was due for is to be told once it is decided. Called by any thread. */
    public void tell(Arrival arrival, ArrivalFate fate) {
        recorder.arrival(schedule.micros(arrival.dueNanos()), fate);
    }

    /** Users that may be here at once at this moment. */
    public long maxUsers() {
        return schedule.current().maxUsers(Math.max(0, schedule.elapsed()));
    }
}
