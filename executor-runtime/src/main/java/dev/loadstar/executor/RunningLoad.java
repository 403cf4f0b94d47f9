package dev.loadstar.executor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.ToExecutor;
import dev.loadstar.executor.clock.ClockOffset;
import dev.loadstar.executor.clock.OwnClock;
import dev.loadstar.executor.clock.WorkerClock;
import dev.loadstar.executor.log.JobLog;
import dev.loadstar.executor.record.PlannedLoad;
import dev.loadstar.executor.record.PointsRecorder;
import dev.loadstar.executor.tool.ToolSession;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.jspecify.annotations.Nullable;

/** The time from the order to start to the end of the last iteration: follows the worker's orders and watches the lease. */
final class RunningLoad {

    private static final Duration LOOK = Duration.ofMillis(50);

    /** A tool that was stopped and does not end by then, its grace not counted, is given up: before the worker kills, so that END is sent. */
    private static final Duration TOOL_PATIENCE = Duration.ofSeconds(7);

    private final Shard shard;
    private final ToolSession session;
    private final PointsRecorder recorder;
    private final Conversation worker;
    private boolean leaseLost;
    private @Nullable Instant endBy;

    RunningLoad(Shard shard, ToolSession session, PointsRecorder recorder, Conversation worker) {
        this.shard = shard;
        this.session = session;
        this.recorder = recorder;
        this.worker = worker;
    }

    /** Blocks until all load is over, whatever ends it. */
    ToolEnd carryOut(ToExecutor.Start start, Duration lease) throws InterruptedException {
        ClockOffset offset = worker.clock();
        var clock = WorkerClock.of(offset);
        var plan = new PlannedLoad(shard, start.getAtEpochNanos() / 1_000);
        worker.lease().begin(lease);
        recorder.start(plan, clock, session::activeUsers);
        JobLog.info("starting at %s; clock %.1f ms ahead of the worker's, ± %.1f ms"
                .formatted(
                        clock.toOwn(plan.startMicros()), offset.offsetNanos() / 1e6, offset.uncertaintyNanos() / 1e6));
        try {
            session.start(clock.toOwn(plan.startMicros()));
        } catch (RuntimeException | LinkageError e) {
            return failure("The tool could not start", e);
        }
        new StartSkew(plan, clock, recorder, session).find(this::started);
        ToolEnd end = follow(plan, toolEnd());
        worker.lease().end();
        return leaseLost ? new ToolEnd(true, "The executor lost its worker and ended its load.") : end;
    }

    private void started(double skewMillis) {
        worker.link()
                .sendState(FromExecutor.newBuilder()
                        .setStarted(FromExecutor.Started.newBuilder().setSkewMillis(skewMillis))
                        .build());
        JobLog.info("load started, %.1f ms after the instant".formatted(skewMillis));
    }

    private CompletableFuture<ToolEnd> toolEnd() {
        var end = new CompletableFuture<ToolEnd>();
        Thread.ofPlatform().daemon().name("tool-end").start(() -> {
            try {
                end.complete(session.await());
            } catch (InterruptedException | RuntimeException | LinkageError e) {
                end.complete(failure("The tool failed", e));
            }
        });
        return end;
    }

    private ToolEnd follow(PlannedLoad plan, CompletableFuture<ToolEnd> end) throws InterruptedException {
        while (!end.isDone()) {
            ToExecutor order = worker.nextOrder(LOOK);
            try {
                obey(order == null ? ToExecutor.getDefaultInstance() : order, plan);
            } catch (RuntimeException | LinkageError e) {
                return failure("The tool could not follow an order", e);
            }
            if (!leaseLost && !worker.lease().isOpen()) {
                leaseLost = true;
                JobLog.warn("the worker was not heard for the length of the lease; the load ends here");
                stop(Duration.ZERO);
            }
            if (endBy != null && OwnClock.until(endBy).isNegative()) {
                return new ToolEnd(true, "The tool did not end after it was stopped.");
            }
        }
        return end.join();
    }

    private void obey(ToExecutor order, PlannedLoad plan) {
        switch (order.getKindCase()) {
            case STOP -> {
                JobLog.info("stopping: " + order.getStop().getReason());
                stop(Duration.ofMillis(order.getStop().getGraceMillis()));
            }
            case REVISE -> revise(Json.read(order.getRevise().getRevisionJson(), PlanRevision.class), plan);
            case RELEASE -> stop(Duration.ZERO);
            case ASSIGN, START, BEAT, ROW_BLOCK, KIND_NOT_SET -> {} // repeated on a stream that was dialled again
        }
    }

    private static ToolEnd failure(String what, Throwable e) {
        JobLog.error(what, e);
        return new ToolEnd(true, what + ": " + e);
    }

    private void revise(PlanRevision revision, PlannedLoad plan) {
        session.apply(revision);
        plan.apply(revision);
        worker.link()
                .send(FromExecutor.newBuilder()
                        .setApplied(FromExecutor.Applied.newBuilder().setRevision(revision.number()))
                        .build());
        JobLog.info("following revision %d of the plan from %.1f s of the scenario on"
                .formatted(revision.number(), revision.after().toMillis() / 1e3));
    }

    private void stop(Duration grace) {
        Instant by = OwnClock.now().plus(grace).plus(TOOL_PATIENCE);
        if (endBy == null || by.isBefore(endBy)) {
            endBy = by;
            session.stop(grace);
        }
    }
}
