package dev.loadstar.executor.record;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;
import dev.loadstar.contract.wire.ExecutorHealth;
import org.jspecify.annotations.Nullable;

/**
 * Reads how this process is doing: CPU as a share of the processors it may use, heap, pauses of garbage collection, lag of
 * its threads and bytes on the network.
 */
final class HealthProbe implements AutoCloseable {

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(bean -> !bean.getName().endsWith("Cycles")) // a cycle runs beside the program and pauses nothing
            .toList();
    private long atNanos = System.nanoTime();
    private long cpuNanos = system.getProcessCpuTime();
    private long pausedMillis = paused();
    private @Nullable NetworkBytes moved = NetworkBytes.now();
    private final WakeUps wakeUps = WakeUps.watched();

    /** Since the call before. */
    ExecutorHealth.Builder read() {
        long now = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        long paused = paused();
        double available =
                (double) Math.max(1, now - atNanos) * Runtime.getRuntime().availableProcessors();
        var health = ExecutorHealth.newBuilder()
                .setCpu(Math.clamp((cpu - cpuNanos) / available, 0.0, 1.0))
                .setHeapUsedBytes(Runtime.getRuntime().totalMemory()
                        - Runtime.getRuntime().freeMemory())
                .setGcPauseMillis(Math.max(0, paused - pausedMillis))
                .setWakeLagMicros(wakeUps.takeLongestMicros());
        addNetwork(health);
        atNanos = now;
        cpuNanos = cpu;
        pausedMillis = paused;
        return health;
    }

    private void addNetwork(ExecutorHealth.Builder health) {
        NetworkBytes before = moved;
        NetworkBytes now = NetworkBytes.now();
        if (before != null && now != null) {
            health.setNetworkReceivedBytes(Math.max(0, now.received() - before.received()))
                    .setNetworkSentBytes(Math.max(0, now.sent() - before.sent()));
        }
        moved = now;
    }

    @Override
    public void close() {
        wakeUps.close();
    }

    private long paused() {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(millis -> millis > 0)
                .sum();
    }
}
