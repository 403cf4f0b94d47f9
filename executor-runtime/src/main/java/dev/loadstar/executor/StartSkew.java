package dev.loadstar.executor;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleConsumer;

import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.clock.WorkerClock;
import dev.loadstar.executor.record.PlannedLoad;
import dev.loadstar.executor.record.PointsRecorder;
import dev.loadstar.executor.tool.ToolSession;

/**
 * Finds how late the load began. Where this executor's first user is due at the start itself, that is the first sign of
 * load (a user inside an iteration, or the earliest sample's start) against the start instant. Where a ramp lets its first
 * user wait, or the script shows no sign for two seconds because it waits by itself, it is how late this process woke up
 * for the start, which is the part that is the executor's own.
 */
final class StartSkew {

    private static final Duration NO_SIGN = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final PlannedLoad plan;
    private final WorkerClock clock;
    private final PointsRecorder recorder;
    private final ToolSession session;

    StartSkew(PlannedLoad plan, WorkerClock clock, PointsRecorder recorder, ToolSession session) {
        this.plan = plan;
        this.clock = clock;
        this.recorder = recorder;
        this.session = session;
    }

    /** Tells the skew in milliseconds, once, from a thread of its own. */
    void find(DoubleConsumer told) {
        Thread.ofVirtual().name("start-skew").start(() -> {
            try {
                told.accept(find());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private double find() throws InterruptedException {
        Instant due = clock.toOwn(plan.startMicros());
        Duration ahead = OwnClock.until(due);
        if (ahead.isPositive()) {
            Thread.sleep(ahead);
        }
        long woken = clock.nowMicros();
        if (!plan.beginsAtOnce()) {
            return millisLate(woken);
        }
        while (clock.nowMicros() - woken < NO_SIGN.toNanos() / 1_000) {
            long first = recorder.firstStartMicros();
            if (first != Long.MAX_VALUE) {
                return millisLate(clock.fromOwn(first));
            }
            if (session.activeUsers() > 0) {
                return millisLate(clock.nowMicros());
            }
            Thread.sleep(LOOK);
        }
        return millisLate(woken);
    }

    private double millisLate(long micros) {
        return (micros - plan.startMicros()) / 1e3;
    }
}
