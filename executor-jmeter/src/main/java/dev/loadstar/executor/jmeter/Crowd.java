package dev.loadstar.executor.jmeter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.executor.load.Ending;
import dev.loadstar.executor.load.GroupSequence;
import dev.loadstar.executor.load.LiveSchedule;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.tool.LoadGate;
import org.apache.jmeter.threads.JMeterThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All users of the platform's schedule, in the groups of the script. Each has a thread of its own, which is made a little
 * before the user is due and waits for the instant by itself.
 */
abstract sealed class Crowd implements Iterations permits Users, Visitors {

    private static final Logger log = LoggerFactory.getLogger(Crowd.class);

    /** Most time between two looks at the schedule. */
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final LiveSchedule plan;
    private final Supply supply;
    private final LoadGate gate;
    private final Ending ending;
    private final List<UserGroup> groups = new ArrayList<>();
    private final ConcurrentHashMap<Long, User> running = new ConcurrentHashMap<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger started = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean led;
    private @Nullable GroupSequence sequence;

    Crowd(LiveSchedule plan, Supply supply, LoadGate gate, Ending ending) {
        this.plan = plan;
        this.supply = supply;
        this.gate = gate;
        this.ending = ending;
    }

    /**
     * Begins the users that are due soon, and ends the load when all of it is done. Called again and again by one thread.
     *
     * @return nanoseconds until the next call makes sense
     */
    abstract long lead();

    /** Whether the user whose thread calls may begin another iteration; waits for its due time. */
    abstract boolean mayBegin(User user);

    /** Called by the user's thread as the last thing that it does. */
    void ended(User user) {
        running.remove(user.number);
    }

    final void add(UserGroup group) {
        groups.add(group);
    }

    /** Users that are inside an iteration at this moment. */
    final int active() {
        return inside.get();
    }

    final AtomicInteger inside() {
        return inside;
    }

    final LiveSchedule plan() {
        return plan;
    }

    final Supply supply() {
        return supply;
    }

    final LoadGate gate() {
        return gate;
    }

    final Ending ending() {
        return ending;
    }

    /** Called by each group in turn; the last one sets the users going. */
    final void started(UserGroup group) {
        log.info("group '{}' has {} users in the script", group.getName(), group.weight());
        if (started.incrementAndGet() == groups.size()) {
            sequence = new GroupSequence(
                    groups.stream().mapToLong(UserGroup::weight).toArray());
            led = true;
            Thread.ofPlatform().name("user-pacer").daemon().start(this::pace);
        }
    }

    /** Until all users have ended for good; at once where none will ever begin. */
    final void await() {
        try {
            if (led) {
                over.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    final boolean isOver() {
        return !led || over.getCount() == 0;
    }

    final boolean stopUser(String threadName, boolean now) {
        for (User user : running.values()) {
            if (user.hasName(threadName)) {
                if (now) {
                    user.cut();
                } else {
                    user.leave();
                }
                return true;
            }
        }
        return false;
    }

    final void endedByScript(boolean now) {
        ending.byScript();
        running.values().forEach(now ? User::cut : User::leave);
    }

    final void cut() {
        running.values().forEach(User::cut);
    }

    @Override
    public final boolean mayBegin() {
        return Thread.currentThread() instanceof User user && mayBegin(user);
    }

    final boolean isRunning(long number) {
        return running.containsKey(number);
    }

    final boolean nobodyRuns() {
        return running.isEmpty();
    }

    final void begin(User user) {
        running.put(user.number, user);
        user.start();
    }

    /** What that user of the whole test does. */
    final JMeterThread script(long number) {
        GroupSequence split = sequence;
        if (split == null) {
            throw new IllegalStateException("users begin before their groups");
        }
        return groups.get(split.group(number)).newUser(split.rank(number));
    }

    private void pace() {
        boolean told = false;
        try {
            while (!(ending.isAsked() && running.isEmpty()) && !ending.isAbandoned()) {
                long pause = lead();
                if (ending.isAsked() && !told) {
                    running.values().forEach(LockSupport::unpark);
                    told = true;
                }
                LockSupport.parkNanos(this, Math.clamp(pause, 1, TICK_NANOS));
            }
        } catch (RuntimeException | Error e) {
            log.error("users can no longer be led", e);
            ending.byFailure("Users could not be started: " + e);
        } finally {
            over.countDown();
        }
    }
}
