package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.wire.ExecutorOutcome;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.launcher.Job;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after workers: repeats stop orders until they are obeyed, and ends runs whose worker is gone without a word. */
final class Supervision {

    private static final Logger log = LoggerFactory.getLogger(Supervision.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final Duration REPEAT = Duration.ofSeconds(5);

    private final RunLife life;
    private final WorkerJobs workers;
    private final RunRecords records;
    private final Dispatcher dispatcher;
    private final RunEventListener events;
    private final Map<String, Long> goneSince = new HashMap<>();
    private final Map<String, Long> toldAt = new HashMap<>();

    Supervision(RunLife life, WorkerJobs workers, RunRecords records, Dispatcher dispatcher, RunEventListener events) {
        this.life = life;
        this.workers = workers;
        this.records = records;
        this.dispatcher = dispatcher;
        this.events = events;
    }

    /** Called about once a second with every run that is on its way. */
    void look(List<RunRow> unfinished) {
        var supervised = new HashSet<String>();
        for (RunRow run : unfinished) {
            if (run.hasWorker()) {
                supervised.add(run.id());
                look(run);
            }
        }
        goneSince.keySet().retainAll(supervised);
        unfinished.stream()
                .flatMap(run -> run.openChanges().stream())
                .map(LoadChange::id)
                .forEach(supervised::add);
        toldAt.keySet().retainAll(supervised);
    }

    private void look(RunRow run) {
        try {
            tellToStop(run);
            tellChanges(run);
            Optional<Job> worker = workers.findWorker(run);
            if (worker.filter(Job::isRunning).isPresent() || !events.isCaughtUp()) {
                goneSince.remove(run.id());
            } else if (worker.isEmpty() && !run.isWorkerSeen() && run.stop() == null) {
                // The server ended between taking the run from the queue and launching it.
                dispatcher.launch(run);
            } else if (isPast(goneSince.computeIfAbsent(run.id(), id -> System.nanoTime()), LAST_WORDS)) {
                lost(run);
            }
        } catch (RuntimeException e) {
            log.warn("Run {} cannot be looked after at the moment: {}", run.id(), e.toString());
        }
    }

    private void tellToStop(RunRow run) {
        @Nullable StopOrder order = run.stop();
        @Nullable Long told = toldAt.get(run.id());
        if (order != null && (told == null || isPast(told, REPEAT))) {
            toldAt.put(run.id(), System.nanoTime());
            records.stop(run.id(), order);
        }
    }

    private void tellChanges(RunRow run) {
        for (LoadChange change : run.openChanges()) {
            @Nullable Long told = toldAt.get(change.id());
            if (told == null || isPast(told, REPEAT)) {
                toldAt.put(change.id(), System.nanoTime());
                records.changeLoad(run.id(), change);
            }
        }
    }

    private static boolean isPast(long since, Duration time) {
        return System.nanoTime() - since > time.toNanos();
    }

    /** Kafka first: were the server to end in between, it would only do the same again. */
    private void lost(RunRow run) {
        Ending ending = ending(run);
        log.warn("The worker of run {} is gone: {}", run.id(), ending.reason());
        var key = workers.key(run);
        // A worker that ended early may not have opened its run; opening it twice changes nothing.
        life.plan(run).ifPresent(plan -> records.open(run, life.projectKey(run), plan, key, life.now()));
        records.end(run, ended(run, ending), key);
        life.step(run.id(), row -> row.ended(ending, life.now()));
    }

    private static Ending ending(RunRow run) {
        @Nullable StopOrder order = run.stop();
        return order == null
                ? Ending.unjudged(
                        EndReason.WORKER_LOST, "The run's worker ended without a word", ErrorCode.WORKER_LOST.slug())
                : Ending.unjudged(order.stopReason(), order.stopDetail(), null);
    }

    private RunEnded ended(RunRow run, Ending ending) {
        @Nullable StopOrder order = run.stop();
        @Nullable Instant loadStarted = run.times().loadStartedAt();
        var ended = RunEnded.newBuilder()
                .setEndReason(ending.endReason().name())
                .setDetail(Optional.ofNullable(ending.reason()).orElse(""))
                .setErrorCode(Optional.ofNullable(ending.errorCode()).orElse(""))
                .setByPerson(order != null && order.stopByPerson());
        if (loadStarted != null) {
            ended.setLoadStartedMillis(loadStarted.toEpochMilli())
                    .setLoadEndedMillis(life.now().toEpochMilli());
        }
        run.executors().forEach(executor -> ended.addExecutors(outcome(run, executor)));
        return ended.build();
    }

    /** One that still runs ends by itself when its lease is over, and sends its END then. */
    private ExecutorOutcome outcome(RunRow run, RunDocument.ExecutorResult executor) {
        boolean alive = workers.isExecutorRunning(run, executor.number());
        boolean over = executor.status() == ExecutorStatus.FINISHED || executor.status() == ExecutorStatus.FAILED;
        var status = over ? executor.status() : alive ? ExecutorStatus.RUNNING : ExecutorStatus.LOST;
        @Nullable Double skew = executor.startSkewMs();
        return ExecutorOutcome.newBuilder()
                .setExecutor(executor.number())
                .setTool(executor.tool())
                .setHost(Optional.ofNullable(executor.host()).orElse(""))
                .setStatus(status.name())
                .setStartSkewMillis(skew == null ? Double.NaN : skew)
                .setProducedAtLastHeartbeat(executor.requests())
                .setWillSendEnd(over || alive)
                .build();
    }
}
