package dev.loadstar.platform.run;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.Artifact;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.platform.live.Watchers;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.Validation;
import org.jspecify.annotations.Nullable;

/** Runs as the database keeps them. */
final class StoredRuns implements Runs {

    /** Another server may have moved the run, which nobody here is told of. */
    private static final long LOOK_EVERY_MILLIS = 1000;

    private final RunLife life;
    private final RunDocuments documents;
    private final BlobStore blobs;
    private final Watchers watchers;
    private final WorkerJobs workers;
    private final Doers doers;

    /** Who carries out what is asked for. */
    record Doers(
            Validations validations,
            Stops stops,
            Duration stopPatience,
            LoadChanges loadChanges,
            Drain drain,
            FreeDisk disk) {}

    StoredRuns(
            RunLife life, RunDocuments documents, BlobStore blobs, Watchers watchers, WorkerJobs workers, Doers doers) {
        this.life = life;
        this.documents = documents;
        this.blobs = blobs;
        this.watchers = watchers;
        this.workers = workers;
        this.doers = doers;
    }

    @Override
    public boolean isOpen() {
        return doers.drain.isRunning();
    }

    @Override
    public Optional<String> lack() {
        return doers.disk.lack();
    }

    @Override
    public RunDocument submit(String project, Submission submission, String by) {
        if (!isOpen()) {
            throw new LoadstarException(ErrorCode.NO_CAPACITY, "The server takes no runs at the moment");
        }
        lack().ifPresent(lack -> {
            throw new LoadstarException(ErrorCode.NO_CAPACITY, lack);
        });
        RunRow run = life.create(project, Submitted.keep(submission, blobs), by);
        doers.validations.begin(run);
        return documents.brief(run, project);
    }

    @Override
    public Validation validate(String project, Submission submission) {
        life.checkProject(project);
        try {
            return doers.validations.now(project, submission);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadstarException(ErrorCode.NO_CAPACITY, "The server ends before it could validate", e);
        }
    }

    @Override
    public RunDocument document(String project, int number) {
        return documents.full(life.get(project, number), project);
    }

    @Override
    public String id(String project, int number) {
        return life.get(project, number).id();
    }

    @Override
    public Optional<RunPlan> plan(String project, int number) {
        return life.plan(life.get(project, number));
    }

    @Override
    public Optional<RunPlan> followedPlan(String project, int number) {
        RunRow run = life.get(project, number);
        return documents.followedPlan(run).or(() -> life.plan(run));
    }

    @Override
    public RunPage list(String project, RunFilter filter, int limit, @Nullable Integer before) {
        List<RunRow> found = life.newest(project, filter, before == null ? Integer.MAX_VALUE : before, limit + 1);
        List<RunRow> shown = found.subList(0, Math.min(limit, found.size()));
        return new RunPage(
                documents.listed(shown, project),
                found.size() > limit ? shown.getLast().number() : null);
    }

    @Override
    public RunDocument stop(String project, int number, String by) {
        RunRow run = life.get(project, number);
        if (run.isFinished()) {
            throw new LoadstarException(ErrorCode.RUN_OVER, "Run %d has already ended".formatted(number));
        }
        doers.stops.stop(run.id(), EndReason.STOPPED_BY_USER, "stopped by " + by, doers.stopPatience);
        return document(project, number);
    }

    @Override
    public RunDocument changeLoad(
            String project, int number, @Nullable String scenario, LoadChange.What what, String by) {
        doers.loadChanges.order(life.get(project, number), scenario, what, by);
        return document(project, number);
    }

    @Override
    public RunDocument pin(String project, int number, boolean pinned, String by) {
        RunRow run = life.get(project, number);
        if (pinned && !run.mayBeBaseline()) {
            throw new LoadstarException(
                    ErrorCode.NO_BASELINE,
                    run.isChanged()
                            ? "The load of run %d was changed while it ran: others cannot be held against it"
                                    .formatted(number)
                            : "Run %d has no figures to hold others against: only one that passed, warned or failed has"
                                    .formatted(number));
        }
        life.step(run.id(), row -> row.pin(pinned ? new Pin(by, life.now()) : null));
        return document(project, number);
    }

    @Override
    public RunDocument await(String project, int number, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        RunRow run = life.get(project, number);
        var news = new Semaphore(0);
        try (var _ = watchers.watch(run.id(), new Listener(news))) {
            long left = end - System.nanoTime();
            while (!life.get(project, number).isFinished() && left > 0 && !doers.drain.isOver()) {
                boolean _ = news.tryAcquire(
                        Math.min(TimeUnit.NANOSECONDS.toMillis(left) + 1, LOOK_EVERY_MILLIS), TimeUnit.MILLISECONDS);
                news.drainPermits();
                left = end - System.nanoTime();
            }
        }
        return document(project, number);
    }

    @Override
    public List<String> executorLog(String project, int number, int executor, int lines) {
        return workers.executorLog(life.get(project, number), executor, lines);
    }

    @Override
    public List<Artifact> artifacts(String project, int number) {
        RunRow run = life.get(project, number);
        return life.plan(run).stream()
                .flatMap(plan -> workers.artifacts(run, plan.executors().count()).stream())
                .toList();
    }

    @Override
    public InputStream openArtifact(String project, int number, String name) {
        return workers.openArtifact(life.get(project, number), name);
    }

    @Override
    public List<String> workerLog(String project, int number, int lines) {
        return workers.workerLog(life.get(project, number), lines);
    }

    private record Listener(Semaphore news) implements Watchers.Watcher {
        @Override
        public void changed() {
            news.release();
        }

        @Override
        public void ticked(String liveView) {}
    }
}
