package dev.loadstar.executor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.ToExecutor;
import dev.loadstar.executor.clock.ClockEstimate;
import dev.loadstar.executor.clock.ClockOffset;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.control.Lease;
import dev.loadstar.executor.control.LeasedRows;
import dev.loadstar.executor.control.WorkerLink;
import dev.loadstar.executor.log.JobLog;
import org.jspecify.annotations.Nullable;

/**
 * All talk with the worker: says hello, beats, keeps lease and clock estimate, and queues the worker's orders for the one
 * thread that carries them out.
 */
final class Conversation implements AutoCloseable {

    private static final long TICK_MILLIS = 50;
    private static final int TICKS_PER_BEAT = 10;

    /** The first ticks all beat, so that there is a good clock estimate soon. */
    private static final int FIRST_BEATS = 8;

    private final BlockingQueue<ToExecutor> orders = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeat").factory());
    private final Lease lease = new Lease();
    private final ClockEstimate clock = new ClockEstimate();
    private final LeasedRows rows;
    private final Vitals vitals;
    private final WorkerLink link;
    private int ticks;

    Conversation(Arguments.Execute self, RunKey key, long epoch, String tool, Vitals vitals) {
        this.vitals = vitals;
        var hello = FromExecutor.Hello.newBuilder()
                .setRunId(self.runId())
                .setExecutor(self.executor())
                .setEpoch(epoch)
                .setPid(ProcessHandle.current().pid())
                .setHost(host())
                .setTool(tool)
                .build();
        link = new WorkerLink(
                self.worker(),
                key,
                () -> FromExecutor.newBuilder()
                        .setHello(hello.toBuilder().setLoadRunning(vitals.loadRunning()))
                        .build(),
                this::hear);
        rows = new LeasedRows(link::send, lease);
    }

    void begin() {
        link.dial();
        var _ = ticker.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The worker's next order; null if none came in time. */
    @Nullable
    ToExecutor nextOrder(Duration patience) throws InterruptedException {
        return orders.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why it makes no sense to wait for the worker any more; empty as long as it does. */
    String hopeless(Duration patience) {
        var refused = link.refused();
        if (refused != null) {
            return "the worker does not want this executor: " + refused;
        }
        return lease.silence().compareTo(patience) > 0
                ? "the worker has said nothing for %d s".formatted(patience.toSeconds())
                : "";
    }

    Lease lease() {
        return lease;
    }

    ClockOffset clock() {
        return clock.best();
    }

    LeasedRows rows() {
        return rows;
    }

    WorkerLink link() {
        return link;
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        link.close();
    }

    private void hear(ToExecutor message) {
        long received = System.nanoTime();
        var now = OwnClock.now();
        lease.renew();
        if (message.hasBeat()) {
            var beat = message.getBeat();
            clock.add(beat.getProbeNanos(), received, epochNanos(now), beat.getWorkerEpochNanos());
        } else if (message.hasRowBlock()) {
            rows.granted(message.getRowBlock());
        } else {
            orders.add(message);
        }
    }

    private void tick() {
        try {
            lease.check();
            int tick = ticks++;
            if (tick < FIRST_BEATS || tick % TICKS_PER_BEAT == 0) {
                beat();
            }
        } catch (RuntimeException e) {
            JobLog.error("a heartbeat failed", e);
        }
    }

    private void beat() {
        link.send(FromExecutor.newBuilder()
                .setHeartbeat(FromExecutor.Heartbeat.newBuilder()
                        .setProduced(vitals.produced())
                        .setActiveUsers(vitals.activeUsers())
                        .setClock(wire(clock.best()))
                        .setSpoolBacklog(vitals.backlog())
                        .setLoadRunning(vitals.loadRunning())
                        .setProbeNanos(System.nanoTime()))
                .build());
    }

    static FromExecutor.ClockOffset wire(ClockOffset offset) {
        return FromExecutor.ClockOffset.newBuilder()
                .setOffsetMillis(offset.offsetNanos() / 1e6)
                .setUncertaintyMillis(offset.uncertaintyNanos() / 1e6)
                .build();
    }

    private static long epochNanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** What a heartbeat tells. */
    interface Vitals {

        long produced();

        double activeUsers();

        int backlog();

        boolean loadRunning();
    }
}
