package dev.loadstar.executor;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import com.sun.management.OperatingSystemMXBean;
import dev.loadstar.contract.plan.Shard;

/**
 * Waits until this process has come to rest after its warm-up: what the compiler still has to do would else take the
 * processors from the first second of the load.
 */
final class Rest {

    private static final Duration LOOK = Duration.ofMillis(40);

    /** Share of one processor below which nothing but heartbeats happens. */
    private static final double IDLE = 0.2;

    /** Of one executor; several may share a machine, and its processors, while they compile the same. */
    private static final Duration MOST = Duration.ofMillis(400);

    private static final int MOST_EXECUTORS = 5;

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final long most;

    Rest(Shard shard) {
        most = MOST.multipliedBy(Math.min(shard.of(), MOST_EXECUTORS)).toNanos();
    }

    /** @return how long it took */
    Duration await() throws InterruptedException {
        long begun = System.nanoTime();
        long then = begun;
        long used = system.getProcessCpuTime();
        double share = 1;
        while (share > IDLE && then - begun < most) {
            Thread.sleep(LOOK);
            long now = System.nanoTime();
            long usedNow = system.getProcessCpuTime();
            share = (double) (usedNow - used) / (now - then);
            then = now;
            used = usedNow;
        }
        return Duration.ofNanos(then - begun);
    }
}
