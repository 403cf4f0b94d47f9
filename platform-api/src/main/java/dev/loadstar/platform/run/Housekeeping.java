package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.launcher.Job;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves nothing behind: stops processes that have outlived their run, and forgets old ones. */
final class Housekeeping {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    /** An executor that lost its worker ends by itself when its lease of 10 s is over and its spool is sent. */
    private static final Duration AFTER_WORKER = Duration.ofSeconds(25);

    private static final Duration AFTER_RUN = Duration.ofSeconds(10);
    private static final Duration INSPECTION = Duration.ofMinutes(10);

    private final RunLife life;
    private final WorkerJobs workers;
    private final int keptJobs;
    /** Jobs that belong to no run, by when they were seen first ({@link System#nanoTime()}): no clock that is set ages them. */
    private final Map<String, Long> strangers = new HashMap<>();

    private Set<String> leftOver = Set.of();

    Housekeeping(RunLife life, WorkerJobs workers, int keptJobs) {
        this.life = life;
        this.workers = workers;
        this.keptJobs = keptJobs;
    }

    /** What is there before this server has started anything was left by one that is gone. */
    void takeOver() {
        leftOver = workers.all().stream().map(Job::id).collect(Collectors.toSet());
    }

    void tidy() {
        List<Job> jobs = workers.all();
        strangers.keySet().retainAll(jobs.stream().map(Job::id).collect(Collectors.toSet()));
        Map<String, RunRow> runs = life.all(jobs.stream().map(Job::run).collect(Collectors.toSet())).stream()
                .collect(Collectors.toMap(RunRow::id, Function.identity()));
        Set<String> forgettable = forgettable(runs);
        for (Job job : jobs) {
            @Nullable RunRow run = runs.get(job.run());
            if (job.isRunning() ? hasOutlived(job, run) : run == null ? isOld(job) : forgettable.contains(run.id())) {
                remove(job);
            }
        }
    }

    private void remove(Job job) {
        try {
            if (job.isRunning()) {
                log.warn("Job {} has outlived its run and is stopped", job.id());
                workers.stop(job);
            } else {
                workers.forget(job);
            }
        } catch (RuntimeException e) {
            log.warn("Job {} cannot be removed: {}", job.id(), e.toString());
        }
    }

    private boolean hasOutlived(Job job, @Nullable RunRow run) {
        if (run == null) {
            return isOld(job);
        }
        @Nullable Instant finished = run.times().finishedAt();
        if (finished != null) {
            return isPast(finished, AFTER_RUN);
        }
        // The deadline of REPORTING began when the worker's end was known.
        return run.status() == RunStatus.REPORTING && isPast(run.deadlineAt().minus(Limits.REPORTING), AFTER_WORKER);
    }

    /** Inspections belong to no run; those of a server that is gone are waited for by nobody. */
    private boolean isOld(Job job) {
        long seen = strangers.computeIfAbsent(job.id(), id -> System.nanoTime());
        return leftOver.contains(job.id()) || System.nanoTime() - seen > INSPECTION.toNanos();
    }

    private boolean isPast(Instant since, Duration time) {
        return life.now().isAfter(since.plus(time));
    }

    /** Finished runs beyond the newest ones whose logs are kept. */
    private Set<String> forgettable(Map<String, RunRow> runs) {
        return runs.values().stream()
                .filter(RunRow::isFinished)
                .map(RunRow::id)
                .sorted(Comparator.reverseOrder())
                .skip(keptJobs)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
