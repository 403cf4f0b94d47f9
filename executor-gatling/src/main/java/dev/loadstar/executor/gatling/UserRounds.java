package dev.loadstar.executor.gatling;

import java.util.Comparator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.PacingGrid;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.tool.LoadGate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps exactly the wanted users going round: each begins its next iteration when the last one has ended, or at its instant on
 * the grid. One thread leads; users go on by themselves on Gatling's event loops.
 */
final class UserRounds {

    private static final Logger log = LoggerFactory.getLogger(UserRounds.class);

    private final Wish wish;
    private final Supply supply;
    private final LoadGate gate;
    private final Ending ending;
    private final Thread leader = Thread.currentThread();
    private final ConcurrentHashMap<Long, User> running = new ConcurrentHashMap<>();
    private final PriorityBlockingQueue<Waiting> waiting =
            new PriorityBlockingQueue<>(11, Comparator.comparingLong(Waiting::due));

    /** A user has left who may be wanted again. */
    private volatile boolean left;

    private @Nullable Object shape;

    /**
     * Made by the thread that leads.
     *
     * @param supply what iterations need
     */
    UserRounds(Wish wish, Supply supply, LoadGate gate, Ending ending) {
        this.wish = wish;
        this.supply = supply;
        this.gate = gate;
        this.ending = ending;
    }

    /** Which users are to be here. Times are nanoseconds since the start of the load; called by many threads. */
    interface Wish {

        long now();

        /** Their numbers. */
        long[] users(long nanos);

        /** What equals itself as long as the users stay the same; quicker to tell than they are. */
        Object shape(long nanos);

        boolean wants(long user, long nanos);

        /**
         * Begins an iteration.
         *
         * @return false if there is nothing left for it
         */
        boolean begin(long user, long intendedMicros, Runnable atEnd);

        /** Grid of each user's iterations; 0 for none. */
        long pacing(long nanos);

        /** Such a time as epoch µs. */
        long micros(long nanos);
    }

    /** One user of the whole test. */
    private record User(long number, PacingGrid grid) {}

    /** A user whose next iteration is due later. */
    private record Waiting(long due, User user) {}

    /** Lets those begin that are wanted or due now. */
    void tick() {
        if (ending.isAsked() || !gate.isOpen() || supply.isSpent()) {
            return;
        }
        long now = wish.now();
        for (Waiting next = waiting.peek(); next != null && next.due <= now; next = waiting.peek()) {
            waiting.remove(next);
            goOn(next.user);
        }
        Object current = wish.shape(now);
        if (left || !current.equals(shape)) {
            left = false;
            shape = current;
            for (long k : wish.users(now)) {
                if (!running.containsKey(k)) {
                    var user = new User(k, new PacingGrid());
                    running.put(k, user);
                    goOn(user);
                }
            }
        }
    }

    /** Rests until somebody may be due, that long at most. */
    void rest(long nanos) {
        Waiting next = waiting.peek();
        long due = next == null ? nanos : Math.min(nanos, next.due - wish.now());
        if (due > 0) {
            LockSupport.parkNanos(this, due);
        }
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    private void goOn(User user) {
        try {
            long now = wish.now();
            if (ending.isAsked() || !gate.isOpen() || !wish.wants(user.number, now)) {
                leave(user);
                return;
            }
            long pacing = wish.pacing(now);
            long due = user.grid.next(pacing);
            if (due > now) {
                waiting.add(new Waiting(due, user));
                LockSupport.unpark(leader);
            } else if (supply.take(ending)) {
                long intended = user.grid.begin(now, pacing);
                if (!wish.begin(user.number, pacing > 0 ? wish.micros(intended) : -1, () -> goOn(user))) {
                    leave(user);
                }
            } else {
                leave(user);
            }
        } catch (RuntimeException e) {
            log.error("a user cannot go on", e);
            ending.byFailure("Users can no longer be led: " + e);
        }
    }

    private void leave(User user) {
        running.remove(user.number);
        left = true;
    }
}
