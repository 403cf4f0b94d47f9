package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;

import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.wire.ExecutorOutcome;
import dev.loadstar.contract.wire.FromExecutor;
import org.jspecify.annotations.Nullable;

/** What the worker knows of one executor. Touched by the run's thread only. */
final class ExecutorTrack {

    private static final long NONE = 0;

    private final Shard shard;
    private ExecutorStatus status = ExecutorStatus.STARTING;
    private long session = NONE;
    private String host = "";
    private Instant heard;
    private @Nullable Instant killAt;
    private boolean waitedFor;
    private @Nullable Instant killed;
    private double skewMillis = Double.NaN;
    private double uncertaintyMillis;
    private long produced;
    private boolean loadRunning;
    private int backlog;
    private boolean ended;
    private boolean processEnded;
    private @Nullable Integer exitCode;

    ExecutorTrack(Shard shard, Instant now) {
        this.shard = shard;
        this.heard = now;
    }

    int number() {
        return shard.executor();
    }

    Shard shard() {
        return shard;
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
        return uncertaintyMillis;
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

    /** The worker itself was away: silence over that time is not the executor's. */
    void pardon(Duration time) {
        heard = heard.plus(time);
    }

    void hungUp(long from) {
        session = session == from ? NONE : session;
    }

    void ready(FromExecutor.Ready ready) {
        status = ExecutorStatus.READY;
        uncertaintyMillis = ready.getClock().getUncertaintyMillis();
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

    void lost() {
        status = ExecutorStatus.LOST;
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
        return outcome.build();
    }
}
