package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;

import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.wire.ClockOffset;
import dev.loadstar.contract.wire.ExecutorOutcome;
import dev.loadstar.contract.wire.FromExecutor;
import org.jspecify.annotations.Nullable;

/** What the worker knows of one executor. Touched by the run's thread only. */
final class ExecutorTrack {

    private static final long NONE = 0;

    private final Shard shard;
    private final Share share;
    private ExecutorStatus status = ExecutorStatus.STARTING;
    private long session = NONE;
    private String host = "";
    private Instant heard;
    private Instant said;
    private @Nullable Instant shareFree;
    private @Nullable Instant killAt;
    private boolean waitedFor;
    private @Nullable Instant killed;
    private double skewMillis = Double.NaN;
    private @Nullable ClockOffset clock;
    private long produced;
    private boolean loadRunning;
    private int backlog;
    private boolean ended;
    private boolean processEnded;
    private @Nullable Integer exitCode;

    ExecutorTrack(Shard shard, Instant now) {
        this.shard = shard;
        this.share = new Share(shard.stripes());
        this.heard = now;
        this.said = now;
    }

    int number() {
        return shard.executor();
    }

    Shard shard() {
        return shard;
    }

    Share share() {
        return share;
    }

    ExecutorStatus status() {
        return status;
    }

    long session() {
        return session;
    }

    boolean hasSession() {
        return session != NONE;
    }

    double uncertaintyMillis() {
        return clock == null ? 0 : clock.getUncertaintyMillis();
    }

    boolean isLost() {
        return status == ExecutorStatus.LOST;
    }

    /** Nothing more is awaited from it. */
    boolean isOver() {
        return ended || processEnded || isLost();
    }

    /** Its process is not there any more, or nobody waits for it. */
    boolean isGone() {
        return processEnded || isLost();
    }

    /** Its load is over, and what it measured still waits for the broker. */
    boolean isDraining() {
        return status == ExecutorStatus.RUNNING && !loadRunning && backlog > 0;
    }

    boolean isSilent(Instant now, Duration limit) {
        return Duration.between(heard, now).compareTo(limit) > 0;
    }

    boolean isReady(Instant now, Duration silence) {
        return status == ExecutorStatus.READY && !isSilent(now, silence);
    }

    /** It was told to start, and nothing says yet that it is done. */
    boolean hasLoad() {
        return status == ExecutorStatus.RUNNING;
    }

    void hello(long from, FromExecutor.Hello hello) {
        session = from;
        host = hello.getHost();
    }

    void heard(Instant now) {
        heard = now;
    }

    Instant heard() {
        return heard;
    }

    /** A word to it renews its lease. */
    void said(Instant now) {
        said = now;
    }

    /** When it was spoken to last. */
    Instant said() {
        return said;
    }

    /** The worker itself was away: silence over that time is not the executor's. */
    void pardon(Duration time) {
        heard = heard.plus(time);
    }

    void hungUp(long from) {
        session = session == from ? NONE : session;
    }

    void ready(FromExecutor.Ready ready) {
        status = ExecutorStatus.READY;
        clock = ClockOffset.newBuilder()
                .setOffsetMillis(ready.getClock().getOffsetMillis())
                .setUncertaintyMillis(ready.getClock().getUncertaintyMillis())
                .build();
    }

    void heartbeat(FromExecutor.Heartbeat heartbeat) {
        produced = heartbeat.getProduced();
        loadRunning = heartbeat.getLoadRunning();
        backlog = heartbeat.getSpoolBacklog();
    }

    /** The order to start is out. */
    void running() {
        status = ExecutorStatus.RUNNING;
        loadRunning = true;
    }

    void started(double skew) {
        skewMillis = skew;
    }

    void ended(FromExecutor.Ended how) {
        ended = true;
        loadRunning = false;
        produced = how.getProduced();
        if (!isLost()) {
            status = how.getToolFailed() ? ExecutorStatus.FAILED : ExecutorStatus.FINISHED;
        }
    }

    void processEnded(@Nullable Integer code) {
        processEnded = true;
        exitCode = code;
        killAt = null;
    }

    void failed() {
        status = ExecutorStatus.FAILED;
    }

    /** @param free when it surely makes no load any more */
    void lost(Instant free) {
        status = ExecutorStatus.LOST;
        shareFree = free;
        killAt = processEnded || ended ? null : free;
    }

    /** True once, when it is lost and surely makes no load any more: because its lease is over, or its process is. */
    boolean takeShareFree(Instant now) {
        boolean free = shareFree != null && (processEnded || !shareFree.isAfter(now));
        shareFree = free ? null : shareFree;
        return free;
    }

    void killAt(Instant at) {
        killAt = processEnded ? null : at;
    }

    /** True once, when its time is over; one that drains gets more of it, once. */
    boolean takeKill(Instant now, Duration drainTime) {
        if (killAt == null || killAt.isAfter(now)) {
            return false;
        }
        if (isDraining() && !waitedFor) {
            waitedFor = true;
            killAt = now.plus(drainTime);
            return false;
        }
        killAt = null;
        killed = now;
        return true;
    }

    /** Killed, and still there: nobody will wait longer. */
    boolean isBeyondKill(Instant now, Duration patience) {
        return killed != null && !isOver() && Duration.between(killed, now).compareTo(patience) > 0;
    }

    ExecutorOutcome outcome() {
        var outcome = ExecutorOutcome.newBuilder()
                .setExecutor(number())
                .setTool(shard.scenario().tool())
                .setHost(host)
                .setStatus(status.name())
                .setStartSkewMillis(skewMillis)
                .setProducedAtLastHeartbeat(produced)
                .setWillSendEnd(ended);
        if (exitCode != null) {
            outcome.setHasExitCode(true).setExitCode(exitCode);
        }
        if (clock != null) {
            outcome.setClock(clock);
        }
        return outcome.build();
    }
}
