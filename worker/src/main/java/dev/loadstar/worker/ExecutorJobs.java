package dev.loadstar.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.launcher.Job;
import dev.loadstar.launcher.JobSpec;
import dev.loadstar.launcher.Launcher;
import dev.loadstar.worker.run.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes of the run's executors: started, watched and stopped each by virtual threads of its own. */
final class ExecutorJobs {

    private static final Logger log = LoggerFactory.getLogger(ExecutorJobs.class);
    private static final Duration LONG = Duration.ofHours(1);

    private final WorkerAssignment run;
    private final Launcher launcher;
    private final Settings settings;
    private final Consumer<Message> messages;

    /** By executor: done when its launch has succeeded or failed, so that a stop never overtakes a start. */
    private final Map<Integer, CompletableFuture<Void>> launches = new ConcurrentHashMap<>();

    ExecutorJobs(WorkerAssignment run, Launcher launcher, Settings settings, Consumer<Message> messages) {
        this.run = run;
        this.launcher = launcher;
        this.settings = settings;
        this.messages = messages;
    }

    void launch(Shard shard, int controlPort) {
        var launch = new CompletableFuture<Void>();
        launches.put(shard.executor(), launch);
        background("watch", shard.executor(), () -> {
            try {
                launcher.launch(spec(shard, controlPort));
            } catch (LoadstarException e) {
                messages.accept(new Message.LaunchFailed(shard.executor(), e.code(), e.detail()));
                return;
            } catch (RuntimeException e) {
                log.error("Executor {} cannot be started", shard.executor(), e);
                messages.accept(new Message.LaunchFailed(shard.executor(), ErrorCode.INTERNAL_ERROR, e.toString()));
                return;
            } finally {
                launch.complete(null);
            }
            Job ended = awaitEnd(shard.executor(), LONG);
            while (ended.isRunning()) {
                ended = awaitEnd(shard.executor(), LONG);
            }
            messages.accept(new Message.ProcessEnded(shard.executor(), ended.exitCode()));
        });
    }

    private JobSpec spec(Shard shard, int controlPort) {
        return new JobSpec(
                id(shard.executor()),
                run.runId(),
                "executor-" + shard.scenario().tool(),
                List.of(
                        "--worker", "127.0.0.1:" + controlPort,
                        "--run", run.runId(),
                        "--executor", Integer.toString(shard.executor())),
                Map.of(),
                Map.of("LOADSTAR_RUN_KEY", run.runKey()),
                settings.executorHeapMegabytes());
    }

    /** Does not wait. */
    void stop(int executor, Duration grace) {
        var launch = launches.get(executor);
        if (launch != null) {
            background("stop", executor, () -> {
                launch.join();
                launcher.stop(id(executor), grace);
            });
        }
    }

    /** Waits until the process is gone, and ends it by force when it is not gone in time. */
    void awaitGone(int executor, Duration atMost) throws InterruptedException {
        var launch = launches.get(executor);
        if (launch == null) {
            return;
        }
        launch.join();
        if (launcher.find(id(executor)).isPresent()
                && awaitEnd(executor, atMost).isRunning()) {
            launcher.stop(id(executor), Duration.ZERO);
            awaitEnd(executor, Duration.ofSeconds(5));
        }
    }

    List<String> logTail(int executor) {
        try {
            return launcher.logTail(id(executor), 20);
        } catch (RuntimeException e) {
            log.warn("The log of executor {} cannot be read: {}", executor, e.toString());
            return List.of();
        }
    }

    private Job awaitEnd(int executor, Duration atMost) throws InterruptedException {
        return launcher.await(id(executor), atMost);
    }

    private String id(int executor) {
        return run.runId() + "-executor-" + executor;
    }

    private static void background(String what, int executor, Work work) {
        Thread.ofVirtual().name(what + " executor " + executor).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.error("To {} executor {} failed", what, executor, e);
            }
        });
    }

    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }
}
