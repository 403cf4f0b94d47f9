package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.launcher.ProcessEnd;
import org.jspecify.annotations.Nullable;

/**
 * One run from the launch of its executors to its end. Not safe for several threads: whoever drives it hands over one
 * message at a time together with the worker's clock, and carries out the actions that come back, in order.
 */
public final class RunMachine {

    private enum Phase {
        PROVISIONING,
        RUNNING,
        STOPPING,
        OVER
    }

    /** The driver ticks several times a second; after a longer gap it was the worker that was silent. */
    private static final Duration STALL = Duration.ofSeconds(1);

    private final WorkerAssignment run;
    private final Limits limits;
    private final Fleet executors;
    private final RowLeases rows;
    private final Outbox out;
    private final Revisions revisions;
    private final Set<String> changes = new HashSet<>();
    private Instant now;
    private Instant ticked;
    private Phase phase = Phase.PROVISIONING;
    private Instant deadline;
    private boolean opened;
    private @Nullable Instant loadStarted;
    private @Nullable Instant over;
    private @Nullable Ending ending;

    public RunMachine(WorkerAssignment run, Limits limits, Instant now) {
        this.run = run;
        this.limits = limits;
        this.executors = new Fleet(run.plan().shards(), now);
        this.rows = new RowLeases(run.plan());
        this.out = new Outbox(run.runId(), now);
        this.revisions = new Revisions(executors, limits, out);
        this.now = now;
        this.ticked = now;
        this.deadline = now.plus(run.plan().executors().readyTimeout());
    }

    /** What is to be done now that this happened. */
    public List<Action> on(Message message, Instant at) {
        now = at;
        out.begin(at);
        if (phase != Phase.OVER) {
            handle(message);
            finishIfOver();
        }
        return out.gathered();
    }

    private void handle(Message message) {
        switch (message) {
            case Message.Begin _ -> begin();
            case Message.Opened _ -> {
                opened = true;
                startIfAllReady();
            }
            case Message.Said said -> said(executors.get(said.executor()), said.session(), said.what());
            case Message.HungUp gone -> executors.get(gone.executor()).hungUp(gone.session());
            case Message.LaunchFailed failed -> launchFailed(failed);
            case Message.ProcessEnded ended -> processEnded(executors.get(ended.executor()), ended.exitCode());
            case Message.LoadChange change -> changeLoad(change);
            case Message.StopOrdered stop -> end(Ending.ordered(stop));
            case Message.PlatformAway away -> end(Ending.away(away.time()));
            case Message.Broken broken -> end(Ending.broken(broken.detail()));
            case Message.Tick _ -> tick();
        }
    }

    private void begin() {
        out.note("launching %d executors".formatted(executors.size()));
        out.add(new Action.Open());
        executors.forEach(executor -> out.add(new Action.Launch(executor.shard())));
    }

    private void said(ExecutorTrack executor, long session, FromExecutor what) {
        executor.heard(now);
        switch (what.getKindCase()) {
            case HELLO -> hello(executor, session, what.getHello());
            case READY -> ready(executor, what.getReady());
            case HEARTBEAT -> heartbeat(executor, session, what.getHeartbeat());
            case STARTED -> {
                executor.started(what.getStarted().getSkewMillis());
                out.changed(executor);
            }
            case ENDED -> ended(executor, session, what.getEnded());
            case ROW_REQUEST -> {
                if (!executor.isLost()) {
                    out.send(executor, session, Orders.rows(rows.grant(executor.number(), what.getRowRequest())));
                }
            }
            case APPLIED -> executor.share().acknowledged(what.getApplied().getRevision());
            case KIND_NOT_SET -> {}
        }
    }

    private void hello(ExecutorTrack executor, long session, FromExecutor.Hello hello) {
        executor.hello(session, hello);
        if (executor.isLost() || phase == Phase.STOPPING) {
            out.send(executor, session, Orders.stop(limits.stopGrace(), stopReason()));
        } else if (executor.status() == ExecutorStatus.STARTING) {
            out.send(executor, session, Orders.assign(executor.shard(), run, limits.lease()));
        } else if (loadStarted != null) {
            // Its stream may have broken before an order got through; one that has obeyed it already ignores it.
            if (!hello.getLoadRunning()) {
                out.send(executor, session, Orders.start(loadStarted));
            }
            revisions.repeat(executor);
        }
    }

    private void ready(ExecutorTrack executor, FromExecutor.Ready ready) {
        if (executor.status() != ExecutorStatus.STARTING) {
            return;
        }
        if (ready.getProblem().isEmpty() && ready.getProblemCode().isEmpty()) {
            executor.ready(ready);
            out.changed(executor);
            startIfAllReady();
        } else {
            executor.failed();
            out.changed(executor);
            end(Ending.cannotStart(ready.getProblemCode(), ready.getProblem()));
        }
    }

    private void startIfAllReady() {
        if (phase != Phase.PROVISIONING || !opened || !executors.areReady(now, limits.silence())) {
            return;
        }
        phase = Phase.RUNNING;
        Instant start = now.plus(limits.lead(executors.clockUncertainty()));
        loadStarted = start;
        deadline = start.plus(limits.longestLoad(run.plan()));
        revisions.begin(run.plan(), start);
        out.executorsReady();
        for (ExecutorTrack executor : executors) {
            executor.running();
            out.send(executor, Orders.start(start));
            out.changed(executor);
        }
        out.note("the load starts at %s".formatted(start));
        out.loadStarted(start);
    }

    private void heartbeat(ExecutorTrack executor, long session, FromExecutor.Heartbeat heartbeat) {
        executor.heartbeat(heartbeat);
        // A lost one that is back gets no word that would renew its lease, but the order to stop.
        boolean lost = executor.isLost();
        out.send(
                executor,
                session,
                lost ? Orders.stop(Duration.ZERO, stopReason()) : Orders.beat(heartbeat.getProbeNanos(), now));
    }

    private void changeLoad(Message.LoadChange change) {
        if (!changes.add(change.id())) {
            return;
        }
        if (phase == Phase.RUNNING) {
            revisions.change(change, now);
        } else {
            out.loadNotChanged(change, "There was no load at that time.");
        }
    }

    private void ended(ExecutorTrack executor, long session, FromExecutor.Ended how) {
        boolean known = executor.isLost();
        executor.ended(how);
        if (how.getLeaseLost() && !known) {
            lost(executor, "it lost its worker and ended its load", now);
        } else {
            out.changed(executor);
        }
        out.send(executor, session, Orders.release());
        if (executor.status() == ExecutorStatus.FAILED) {
            end(Ending.toolFailed(executor.number(), how.getMessage()));
        }
    }

    private void launchFailed(Message.LaunchFailed failed) {
        ExecutorTrack executor = executors.get(failed.executor());
        executor.processEnded(null);
        executor.failed();
        out.changed(executor);
        end(Ending.notLaunched(failed));
    }

    private void processEnded(ExecutorTrack executor, @Nullable Integer exitCode) {
        boolean awaited = !executor.isOver();
        executor.processEnded(exitCode);
        String how = ProcessEnd.described(exitCode);
        if (awaited && executor.hasLoad()) {
            lost(executor, "its process " + how, now);
        } else if (awaited && phase == Phase.PROVISIONING) {
            executor.failed();
            out.changed(executor);
            end(Ending.diedEarly(executor.number(), how));
        }
        giveAway(executor);
    }

    /** @param free when it surely makes no load any more */
    private void lost(ExecutorTrack executor, String why, Instant free) {
        out.note("executor %d is lost: %s".formatted(executor.number(), why));
        if (loadStarted != null) {
            revisions.lost(executor);
        }
        executor.lost(free);
        out.changed(executor);
        boolean hopeless = executors.all(ExecutorTrack::isLost);
        if (phase == Phase.RUNNING && (hopeless || run.plan().executors().onLoss() == OnLoss.ABORT)) {
            end(Ending.lost(executor.number(), why));
        }
        giveAway(executor);
    }

    private void giveAway(ExecutorTrack executor) {
        if (phase == Phase.RUNNING
                && run.plan().executors().onLoss() == OnLoss.REDISTRIBUTE
                && executor.takeShareFree(now)) {
            revisions.redistribute(executor, now);
        }
    }

    private void tick() {
        Duration gap = Duration.between(ticked, now);
        ticked = now;
        for (ExecutorTrack executor : executors) {
            if (gap.compareTo(STALL) > 0) {
                executor.pardon(gap);
            }
            supervise(executor);
        }
        startIfAllReady();
        if (now.isAfter(deadline)) {
            deadlinePassed();
        }
    }

    private void supervise(ExecutorTrack executor) {
        if (executor.hasLoad() && executor.isSilent(now, limits.silence())) {
            String why = "it said nothing for %d ms".formatted(limits.silence().toMillis());
            lost(executor, why, leaseOver(executor));
        }
        giveAway(executor);
        if (executor.takeKill(now, limits.away())) {
            out.add(new Action.StopProcess(executor.number(), Duration.ZERO));
        }
        if (executor.isBeyondKill(now, limits.killAfter())) {
            lost(executor, "its process cannot be ended", leaseOver(executor));
        }
    }

    private Instant leaseOver(ExecutorTrack executor) {
        return executor.said().plus(limits.surelyOver());
    }

    private void deadlinePassed() {
        switch (phase) {
            case PROVISIONING ->
                end(Ending.notReady(
                        executors.missing(now, limits.silence()),
                        executors.size(),
                        run.plan().executors().readyTimeout()));
            case RUNNING -> {
                boolean draining = executors.all(executor -> executor.isOver() || executor.isDraining());
                if (!draining || now.isAfter(deadline.plus(limits.away()))) {
                    end(Ending.timedOut());
                }
            }
            case STOPPING, OVER -> {}
        }
    }

    private void end(Ending why) {
        if (phase == Phase.STOPPING || over != null) {
            return;
        }
        out.note("stopping: %s. %s".formatted(why.reason(), why.detail()));
        phase = Phase.STOPPING;
        ending = why;
        for (ExecutorTrack executor : executors) {
            if (!executor.isOver()) {
                stop(executor);
            }
        }
    }

    private void stop(ExecutorTrack executor) {
        if (executor.hasSession()) {
            out.send(executor, Orders.stop(limits.stopGrace(), stopReason()));
        }
        if (loadStarted == null) {
            // Nothing was measured yet: no need to wait for what a half-prepared tool makes of the order.
            out.add(new Action.StopProcess(executor.number(), limits.stopGrace().multipliedBy(2)));
        }
        executor.killAt(now.plus(limits.killAfter()));
    }

    private String stopReason() {
        return ending == null ? "this executor was taken for lost" : ending.detail();
    }

    private void finishIfOver() {
        if (phase == Phase.PROVISIONING || !executors.all(ExecutorTrack::isOver)) {
            return;
        }
        if (over == null) {
            over = now;
            if (loadStarted != null) {
                out.loadEnded();
            }
        }
        // Their processes end a moment after their last word; the report says with which exit code.
        if (executors.all(ExecutorTrack::isGone) || !now.isBefore(over.plus(limits.goodbye()))) {
            phase = Phase.OVER;
            Ending why = ending == null ? Ending.completed(executors, revisions.deficits()) : ending;
            out.add(new Action.Finish(why.toWire(loadStarted, over, executors)));
        }
    }
}
