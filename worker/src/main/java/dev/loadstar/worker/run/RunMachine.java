package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.ToExecutor;
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

    private static final Duration LONGEST_LEAD = Duration.ofSeconds(2);

    private final WorkerAssignment run;
    private final Limits limits;
    private final List<ExecutorTrack> executors = new ArrayList<>();
    private List<Action> out = new ArrayList<>();
    private Instant now;
    private Instant ticked;
    private Phase phase = Phase.PROVISIONING;
    private Instant deadline;
    private boolean opened;
    private @Nullable Instant loadStarted;
    private @Nullable Ending ending;

    public RunMachine(WorkerAssignment run, Limits limits, Instant now) {
        this.run = run;
        this.limits = limits;
        this.now = now;
        this.ticked = now;
        this.deadline = now.plus(run.plan().executors().readyTimeout());
        run.plan().shards().forEach(shard -> executors.add(new ExecutorTrack(shard, now)));
    }

    /** What is to be done now that this happened. */
    public List<Action> on(Message message, Instant at) {
        now = at;
        out = new ArrayList<>();
        if (phase != Phase.OVER) {
            handle(message);
            finishIfOver();
        }
        return List.copyOf(out);
    }

    private void handle(Message message) {
        switch (message) {
            case Message.Begin _ -> begin();
            case Message.Opened _ -> {
                opened = true;
                startIfAllReady();
            }
            case Message.Said said -> said(executor(said.executor()), said);
            case Message.HungUp gone -> executor(gone.executor()).hungUp(gone.session());
            case Message.LaunchFailed failed -> launchFailed(failed);
            case Message.ProcessEnded ended -> processEnded(executor(ended.executor()), ended.exitCode());
            case Message.StopOrdered stop -> end(Ending.ordered(stop.reason(), stop.detail(), stop.byPerson()));
            case Message.PlatformAway away -> end(away(away.time()));
            case Message.Broken broken ->
                end(Ending.error(EndReason.PLATFORM_ERROR, ErrorCode.INTERNAL_ERROR, broken.detail()));
            case Message.Tick _ -> tick();
        }
    }

    private void begin() {
        out.add(new Action.Open());
        executors.forEach(executor -> out.add(new Action.Launch(executor.shard())));
    }

    private void said(ExecutorTrack executor, Message.Said said) {
        executor.heard(now);
        FromExecutor what = said.what();
        switch (what.getKindCase()) {
            case HELLO -> hello(executor, said.session(), what.getHello());
            case READY -> ready(executor, what.getReady());
            case HEARTBEAT -> heartbeat(executor, said.session(), what.getHeartbeat());
            case STARTED -> {
                executor.started(what.getStarted().getSkewMillis());
                changed(executor);
            }
            case ENDED -> ended(executor, said.session(), what.getEnded());
            case APPLIED, KIND_NOT_SET -> {}
        }
    }

    private void hello(ExecutorTrack executor, long session, FromExecutor.Hello hello) {
        executor.hello(session, hello);
        if (executor.isLost() || phase == Phase.STOPPING) {
            send(session, Orders.stop(limits.stopGrace(), stopReason()));
        } else if (executor.status() == ExecutorStatus.STARTING) {
            send(session, Orders.assign(executor.shard(), run, limits.lease()));
        } else if (loadStarted != null && !hello.getLoadRunning()) {
            // Its stream broke before the order to start got through; one that has started ignores this.
            send(session, Orders.start(loadStarted));
        }
    }

    private void ready(ExecutorTrack executor, FromExecutor.Ready ready) {
        if (executor.status() != ExecutorStatus.STARTING) {
            return;
        }
        if (!ready.getProblem().isEmpty() || !ready.getProblemCode().isEmpty()) {
            executor.failed();
            changed(executor);
            String code = ready.getProblemCode().isEmpty() ? ErrorCode.NOT_READY.slug() : ready.getProblemCode();
            end(new Ending(EndReason.NOT_READY, ready.getProblem(), code, false));
            return;
        }
        executor.ready(ready);
        changed(executor);
        startIfAllReady();
    }

    private void startIfAllReady() {
        boolean ready = executors.stream().allMatch(executor -> executor.status() == ExecutorStatus.READY);
        if (phase != Phase.PROVISIONING || !opened || !ready) {
            return;
        }
        phase = Phase.RUNNING;
        Instant start = now.plus(lead());
        loadStarted = start;
        deadline = start.plus(Deadlines.longestLoad(run.plan(), limits));
        publish(event().setExecutorsReady(RunEvent.ExecutorsReady.getDefaultInstance()));
        for (ExecutorTrack executor : executors) {
            executor.running();
            send(executor.session(), Orders.start(start));
            changed(executor);
        }
        publish(event().setLoadStarted(RunEvent.LoadStarted.newBuilder().setStartMillis(start.toEpochMilli())));
    }

    /** Long enough that the order reaches everybody before the start, also where clocks are known badly. */
    private Duration lead() {
        double uncertainty = executors.stream()
                .mapToDouble(ExecutorTrack::uncertaintyMillis)
                .max()
                .orElse(0);
        Duration lead = Deadlines.longer(limits.startLead(), Duration.ofMillis((long) Math.ceil(3 * uncertainty)));
        return lead.compareTo(LONGEST_LEAD) > 0 ? LONGEST_LEAD : lead;
    }

    private void heartbeat(ExecutorTrack executor, long session, FromExecutor.Heartbeat heartbeat) {
        executor.heartbeat(heartbeat);
        // A lost one that is back gets no word that would renew its lease, but the order to stop.
        send(
                session,
                executor.isLost()
                        ? Orders.stop(Duration.ZERO, stopReason())
                        : Orders.beat(heartbeat.getProbeNanos(), now));
    }

    private void ended(ExecutorTrack executor, long session, FromExecutor.Ended how) {
        executor.ended(how);
        changed(executor);
        send(session, Orders.release());
        if (how.getToolFailed()) {
            end(Ending.error(
                    EndReason.TOOL_FAILED,
                    ErrorCode.TOOL_FAILED,
                    "Executor %d: %s".formatted(executor.number(), how.getMessage())));
        }
    }

    private void launchFailed(Message.LaunchFailed failed) {
        ExecutorTrack executor = executor(failed.executor());
        executor.processEnded(null);
        executor.failed();
        changed(executor);
        var reason = failed.code() == ErrorCode.NO_CAPACITY ? EndReason.NO_CAPACITY : EndReason.PLATFORM_ERROR;
        end(Ending.error(reason, failed.code(), failed.detail()));
    }

    private void processEnded(ExecutorTrack executor, @Nullable Integer exitCode) {
        boolean awaited = !executor.isOver();
        executor.processEnded(exitCode);
        if (!awaited) {
            return;
        }
        String how = exitCode == null ? "ended" : "ended with exit code " + exitCode;
        if (executor.hasMeasured()) {
            lost(executor, "its process " + how);
        } else if (phase == Phase.PROVISIONING) {
            executor.failed();
            changed(executor);
            String detail = "Executor %d %s before it was ready.".formatted(executor.number(), how);
            end(Ending.error(EndReason.TOOL_FAILED, ErrorCode.TOOL_FAILED, detail));
        }
    }

    private void lost(ExecutorTrack executor, String why) {
        executor.lost();
        executor.killAt(now.minus(limits.silence()).plus(limits.lease()).plusSeconds(1));
        changed(executor);
        if (phase != Phase.RUNNING) {
            return;
        }
        boolean allLost = executors.stream().allMatch(ExecutorTrack::isLost);
        if (allLost || run.plan().executors().onLoss() == OnLoss.ABORT) {
            String detail = "Executor %d was lost: %s.".formatted(executor.number(), why);
            end(Ending.error(EndReason.EXECUTORS_LOST, ErrorCode.EXECUTORS_LOST, detail));
        }
    }

    private void tick() {
        Duration gap = Duration.between(ticked, now);
        ticked = now;
        if (gap.compareTo(STALL) > 0) {
            executors.forEach(executor -> executor.pardon(gap));
        }
        for (ExecutorTrack executor : executors) {
            if (executor.hasMeasured() && executor.isSilent(now, limits.silence())) {
                lost(
                        executor,
                        "it said nothing for %d ms".formatted(limits.silence().toMillis()));
            }
            if (executor.takeKill(now, limits.away())) {
                out.add(new Action.StopProcess(executor.number(), Duration.ZERO));
            }
            if (executor.isBeyondKill(now, limits.killAfter())) {
                lost(executor, "its process cannot be ended");
            }
        }
        if (now.isAfter(deadline)) {
            deadlinePassed();
        }
    }

    private void deadlinePassed() {
        switch (phase) {
            case PROVISIONING -> end(notReady());
            case RUNNING -> {
                boolean draining = executors.stream().allMatch(e -> e.isOver() || e.isDraining());
                if (!draining || now.isAfter(deadline.plus(limits.away()))) {
                    end(Ending.ordered(EndReason.TIMED_OUT, "The load did not end in time.", false));
                }
            }
            case STOPPING, OVER -> {}
        }
    }

    private Ending notReady() {
        String missing = executors.stream()
                .filter(executor -> executor.status() != ExecutorStatus.READY)
                .map(executor -> Integer.toString(executor.number()))
                .collect(Collectors.joining(", "));
        if (missing.isEmpty()) {
            return Ending.error(
                    EndReason.PLATFORM_ERROR, ErrorCode.INTERNAL_ERROR, "Kafka did not take the run's first record.");
        }
        long seconds = run.plan().executors().readyTimeout().toSeconds();
        return Ending.error(
                EndReason.NOT_READY,
                ErrorCode.NOT_READY,
                "Not ready within %d s: executor %s of %d.".formatted(seconds, missing, executors.size()));
    }

    private static Ending away(Duration time) {
        return Ending.error(
                EndReason.PLATFORM_ERROR,
                ErrorCode.INTERNAL_ERROR,
                "The server was away for %d s.".formatted(time.toSeconds()));
    }

    private void end(Ending why) {
        if (phase == Phase.STOPPING || phase == Phase.OVER) {
            return;
        }
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
            send(executor.session(), Orders.stop(limits.stopGrace(), stopReason()));
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
        if (phase == Phase.PROVISIONING || !executors.stream().allMatch(ExecutorTrack::isOver)) {
            return;
        }
        phase = Phase.OVER;
        if (loadStarted != null) {
            publish(event().setLoadEnded(RunEvent.LoadEnded.getDefaultInstance()));
        }
        out.add(new Action.Finish(runEnded(ending == null ? completed() : ending)));
    }

    private Ending completed() {
        long lost = executors.stream().filter(ExecutorTrack::isLost).count();
        String detail = lost == 0 ? "" : "%d of %d executors were lost.".formatted(lost, executors.size());
        return Ending.ordered(EndReason.COMPLETED, detail, false);
    }

    private RunEnded runEnded(Ending why) {
        var ended = RunEnded.newBuilder()
                .setEndReason(why.reason().name())
                .setDetail(why.detail())
                .setErrorCode(why.errorCode())
                .setByPerson(why.byPerson());
        if (loadStarted != null) {
            ended.setLoadStartedMillis(loadStarted.toEpochMilli()).setLoadEndedMillis(now.toEpochMilli());
        }
        executors.forEach(executor -> ended.addExecutors(executor.outcome()));
        return ended.build();
    }

    private ExecutorTrack executor(int number) {
        return executors.get(number - 1);
    }

    private void send(long session, ToExecutor message) {
        out.add(new Action.Send(session, message));
    }

    private void changed(ExecutorTrack executor) {
        publish(event().setExecutorChanged(RunEvent.ExecutorChanged.newBuilder().setExecutor(executor.outcome())));
    }

    private RunEvent.Builder event() {
        return RunEvent.newBuilder().setRunId(run.runId()).setAtMillis(now.toEpochMilli());
    }

    private void publish(RunEvent.Builder event) {
        out.add(new Action.Publish(event.build()));
    }
}
