package dev.loadstar.executor.jmeter;

import java.time.Duration;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps exactly the users running that the plan wants here. Threads are made a little before they are due and wait for
 * their instant themselves; a user whom its script ended begins anew while the plan still wants it.
 */
final class Users implements Iterations {

    private static final Logger log = LoggerFactory.getLogger(Users.class);

    /** Threads exist this long before they are due, so that making them costs no delay. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final LiveSchedule plan;
    private final Supply supply;
    private final LoadGate gate;
    private final Ending ending;
    private final List<UserGroup> groups = new ArrayList<>();
    private final ConcurrentHashMap<Long, User> running = new ConcurrentHashMap<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger started = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean pacing;
    private @Nullable GroupSequence sequence;

    Users(LiveSchedule plan, Supply supply, LoadGate gate, Ending ending) {
        this.plan = plan;
        this.supply = supply;
        this.gate = gate;
        this.ending = ending;
    }

    void add(UserGroup group) {
        groups.add(group);
    }

    /** Users that are inside an iteration at this moment. */
    int active() {
        return inside.get();
    }

    /** Called by each group in turn; the last one sets the users going. */
    void started(UserGroup group) {
        log.info("group '{}' has {} users in the script", group.getName(), group.weight());
        if (started.incrementAndGet() == groups.size()) {
            sequence = new GroupSequence(
                    groups.stream().mapToLong(UserGroup::weight).toArray());
            pacing = true;
            Thread.ofPlatform().name("user-pacer").daemon().start(this::pace);
        }
    }

    /** Until all users have ended for good; at once where none will ever begin. */
    void await() {
        try {
            if (pacing) {
                over.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isOver() {
        return !pacing || over.getCount() == 0;
    }

    boolean stopUser(String threadName, boolean now) {
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

    void endedByScript(boolean now) {
        ending.byScript();
        running.values().forEach(now ? User::cut : User::leave);
    }

    void cut() {
        running.values().forEach(User::cut);
    }

    @Override
    public boolean mayBegin() {
        if (!(Thread.currentThread() instanceof User user)) {
            return false;
        }
        user.exit();
        while (!ending.isAsked() && gate.isOpen()) {
            long elapsed = plan.elapsed();
            if (plan.wants(user.number, elapsed)) {
                return enter(user);
            }
            if (!plan.wants(user.number, Math.max(0, elapsed + LEAD_NANOS))) {
                return false;
            }
            LockSupport.parkNanos(this, Math.max(WAIT_NANOS, Math.min(-elapsed - WAIT_NANOS, LEAD_NANOS)));
        }
        return false;
    }

    private boolean enter(User user) {
        if (!supply.take(ending)) {
            return false;
        }
        user.enter();
        return true;
    }

    private void pace() {
        try {
            while (!(ending.isAsked() && running.isEmpty()) && !ending.isAbandoned()) {
                if (!ending.isAsked() && gate.isOpen() && !supply.isSpent()) {
                    beginDue();
                }
                endWhenOver();
                LockSupport.parkNanos(this, TICK_NANOS);
            }
        } catch (RuntimeException | Error e) {
            log.error("users can no longer be led", e);
            ending.byFailure("Users could not be started: " + e);
        } finally {
            over.countDown();
        }
    }

    private void endWhenOver() {
        long elapsed = plan.elapsed();
        if (plan.current().isOver(elapsed)) {
            String owed = supply.owed();
            if (!owed.isEmpty()) {
                ending.fallShort(owed);
            }
            ending.planOver(plan.current().load().gracefulStop());
        } else if (elapsed >= 0 && supply.isSpent() && running.isEmpty()) {
            ending.planOver(Duration.ZERO);
        }
    }

    private void beginDue() {
        for (long k : plan.current().users(Math.max(0, plan.elapsed() + LEAD_NANOS))) {
            if (!running.containsKey(k)) {
                begin(k);
            }
        }
    }

    private void begin(long k) {
        GroupSequence split = sequence;
        if (split == null) {
            throw new IllegalStateException("users begin before their groups");
        }
        UserGroup group = groups.get(split.group(k));
        var user = new User(k, group.newUser(split.rank(k)), inside, () -> running.remove(k));
        running.put(k, user);
        user.start();
    }
}
