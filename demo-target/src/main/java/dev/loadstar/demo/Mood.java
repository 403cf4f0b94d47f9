package dev.loadstar.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How the target behaves at the moment: how long an answer takes and whether it is an error. Nothing is random, so that
 * two runs against it can be compared.
 */
final class Mood {

    /** Steps of the golden ratio cover 0…1 evenly in every stretch of requests. */
    private static final double GOLDEN = 0.618_033_988_749_895;

    private static final int SLOW_EVERY = 150;

    private final AtomicLong requests = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition thawed = lock.newCondition();
    private volatile long holdNanos;
    private volatile double errorRate;
    private boolean frozen;

    void holdFor(Duration hold) {
        holdNanos = hold.toNanos();
    }

    void errorRate(double share) {
        errorRate = share;
    }

    void freeze() {
        lock.lock();
        try {
            frozen = true;
        } finally {
            lock.unlock();
        }
    }

    void thaw() {
        lock.lock();
        try {
            frozen = false;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the time of one answer.
     *
     * @param typicalMillis of this kind of request
     * @return whether the answer shall be an error
     */
    boolean answerTakesAWhile(double typicalMillis) throws InterruptedException {
        long n = requests.getAndIncrement();
        TimeUnit.NANOSECONDS.sleep(holdNanos + latencyNanos(n, typicalMillis));
        lock.lockInterruptibly();
        try {
            while (frozen) {
                thawed.await();
            }
        } finally {
            lock.unlock();
        }
        return isError(n);
    }

    /** Between half and three halves of the typical time; one request in {@link #SLOW_EVERY} waits eight times as long. */
    static long latencyNanos(long n, double typicalMillis) {
        double spread = 0.5 + fraction(n);
        double slow = n % SLOW_EVERY == SLOW_EVERY - 1 ? 8 : 1;
        return Math.round(typicalMillis * spread * slow * 1e6);
    }

    /** Of n requests exactly ⌊n × rate⌋ are errors, evenly spaced. */
    private boolean isError(long n) {
        double rate = errorRate;
        return Math.floor((n + 1) * rate) > Math.floor(n * rate);
    }

    private static double fraction(long n) {
        double position = n * GOLDEN;
        return position - Math.floor(position);
    }
}
