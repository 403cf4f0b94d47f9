package dev.loadstar.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.ExecutorOutcome;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.launcher.ProcessLauncher;
import dev.loadstar.worker.control.ControlServer;
import dev.loadstar.worker.run.Action;
import dev.loadstar.worker.run.Limits;
import dev.loadstar.worker.run.Message;
import dev.loadstar.worker.run.RunMachine;
import dev.loadstar.worker.stream.CommandReader;
import dev.loadstar.worker.stream.RunStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run with everything around its {@link RunMachine}: control server, Kafka, processes. */
final class Worker {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final Duration GONE = Duration.ofSeconds(10);

    private final WorkerAssignment run;
    private final Settings settings;
    private final RunClock clock = new RunClock();
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final ExecutorJobs jobs;

    Worker(WorkerAssignment run, Settings settings) {
        this.run = run;
        this.settings = settings;
        var launcher = new ProcessLauncher(Path.of(run.home()), Path.of(run.jobs()));
        this.jobs = new ExecutorJobs(run, launcher, settings, messages::add);
    }

    /** Asks the run to end; {@link #run()} then returns soon. */
    void stop(EndReason reason, String detail) {
        messages.add(new Message.StopOrdered(reason, detail, false));
    }

    /**
     * Carries the run out, from the launch of its executors until Kafka knows how it ended.
     *
     * @return false if Kafka could not be told
     */
    boolean run() throws IOException, InterruptedException {
        var blobs = new BlobStore(Path.of(run.blobs()));
        try (var stream = new RunStream(run, settings.away().multipliedBy(2));
                var commands = new CommandReader(run, settings.away(), messages::add);
                var control = ControlServer.start(run, blobs, messages::add)) {
            commands.start();
            stream.event(started());
            var limits = Limits.of(run.plan()).withAway(settings.away());
            var machine = new RunMachine(run, limits, clock.instant());
            RunEnded ended = new RunLoop(machine, clock, messages, action -> perform(action, stream, control)).run();
            return finish(ended, stream);
        }
    }

    private void perform(Action action, RunStream stream, ControlServer control) {
        switch (action) {
            case Action.Open _ -> stream.open(clock.instant().toEpochMilli(), () -> messages.add(new Message.Opened()));
            case Action.Launch launch -> jobs.launch(launch.shard(), control.port());
            case Action.Send send -> control.send(send.session(), send.message());
            case Action.StopProcess stop -> jobs.stop(stop.executor(), stop.grace());
            case Action.Publish publish -> stream.event(publish.event());
            case Action.Revised telling -> stream.revised(telling.revised());
            case Action.Note note -> log.info(note.line());
            case Action.Finish _ -> throw new IllegalStateException("the end of the loop");
        }
    }

    /** A lost executor must be dead before the run's last record; released ones may still be closing. */
    private boolean finish(RunEnded machines, RunStream stream) throws InterruptedException {
        for (ExecutorOutcome executor : machines.getExecutorsList()) {
            if (executor.getStatus().equals(ExecutorStatus.LOST.name())) {
                jobs.stop(executor.getExecutor(), Duration.ZERO);
                jobs.awaitGone(executor.getExecutor(), Duration.ofSeconds(2));
            }
        }
        RunEnded ended = withLogTails(machines);
        log.info("The run ended: {} {}", ended.getEndReason(), ended.getDetail());
        stream.end(ended);
        stream.event(RunEvent.newBuilder()
                .setRunId(run.runId())
                .setAtMillis(clock.instant().toEpochMilli())
                .setRunEnded(ended)
                .build());
        boolean told = stream.flush(settings.away());
        if (!told) {
            log.error("Kafka stayed away: the end of the run could not be told");
        }
        for (ExecutorOutcome executor : ended.getExecutorsList()) {
            jobs.awaitGone(executor.getExecutor(), GONE);
        }
        return told;
    }

    private RunEnded withLogTails(RunEnded ended) {
        var failed = List.of(ExecutorStatus.LOST.name(), ExecutorStatus.FAILED.name());
        var told = ended.toBuilder().clearExecutors();
        for (ExecutorOutcome executor : ended.getExecutorsList()) {
            told.addExecutors(
                    failed.contains(executor.getStatus())
                            ? executor.toBuilder()
                                    .addAllLogTail(jobs.logTail(executor.getExecutor()))
                                    .build()
                            : executor);
        }
        return told.build();
    }

    private RunEvent started() {
        return RunEvent.newBuilder()
                .setRunId(run.runId())
                .setAtMillis(clock.instant().toEpochMilli())
                .setWorkerStarted(RunEvent.WorkerStarted.newBuilder()
                        .setHost("127.0.0.1")
                        .setPid(ProcessHandle.current().pid()))
                .build();
    }
}
