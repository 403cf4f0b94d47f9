package dev.loadstar.platform.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.ErrorKind;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.platform.secret.ProjectSecrets;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.Validation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Validates submissions, a few at a time; a run that waits for its turn has not used up its own time. */
final class Validations {

    private static final Logger log = LoggerFactory.getLogger(Validations.class);

    private final RunLife life;
    private final Validating validator;
    private final ProjectSecrets secrets;
    private final BlobStore blobs;
    private final Semaphore places;
    private final Runnable afterwards;
    private final Map<String, Thread> underWay = new ConcurrentHashMap<>();

    /** What it takes to validate. */
    record Means(Validating validator, ProjectSecrets secrets, BlobStore blobs) {}

    /** @param afterwards called when there may be a run to dispatch */
    Validations(RunLife life, Means means, int atOnce, Runnable afterwards) {
        this.life = life;
        this.validator = means.validator;
        this.secrets = means.secrets;
        this.blobs = means.blobs;
        this.places = new Semaphore(atOnce, true);
        this.afterwards = afterwards;
    }

    /** Validates in the background; a run that is being validated already is left alone. */
    void begin(RunRow run) {
        Thread thread = Thread.ofVirtual().name("validate " + run.id()).unstarted(() -> {
            try {
                inTurn(run);
            } finally {
                underWay.remove(run.id());
            }
        });
        if (underWay.putIfAbsent(run.id(), thread) == null) {
            thread.start();
        }
    }

    /** Whether the run waits for its turn or is being validated. */
    boolean isUnderWay(String runId) {
        return underWay.containsKey(runId);
    }

    /** Gives up on a run that has ended meanwhile; one that is not being validated is left alone. */
    void cancel(String runId) {
        Thread thread = underWay.get(runId);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Validates while the caller waits. */
    Validation now(String project, Submission submission) throws InterruptedException {
        places.acquire();
        try {
            return validator.validate(submission, secrets.of(project));
        } finally {
            places.release();
        }
    }

    private void inTurn(RunRow run) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (life.step(run.id(), row -> row.beginValidation(life.now()))) {
                validate(run);
                afterwards.run();
            }
        } catch (RuntimeException e) {
            if (isCancelled(run)) {
                return;
            }
            log.error("Run {} cannot be validated and is left to its deadline", run.id(), e);
        } finally {
            places.release();
        }
    }

    private void validate(RunRow run) {
        try {
            Validation found = validator.validate(run.submission().submission(blobs), secrets.of(life.projectKey(run)));
            if (!isCancelled(run)) {
                keep(run, found);
            }
        } catch (LoadstarException e) {
            if (!isCancelled(run)) {
                fail(run, e.code(), e.detail());
            }
        } catch (RuntimeException e) {
            if (!isCancelled(run)) {
                log.error("Validating run {} failed", run.id(), e);
                fail(run, ErrorCode.INTERNAL_ERROR, "The submission could not be validated: " + e.getMessage());
            }
        }
    }

    /** Its run has ended by then, and an interrupted thread could not write to the database anyway. */
    private static boolean isCancelled(RunRow run) {
        boolean cancelled = Thread.interrupted();
        if (cancelled) {
            log.info("Validating run {} was given up", run.id());
        }
        return cancelled;
    }

    private void keep(RunRow run, Validation found) {
        switch (found) {
            case Validation.Accepted(var plan, var warnings) -> life.accept(run.id(), plan, warnings);
            case Validation.Refused(var problems, var test, var source) ->
                life.step(run.id(), row -> row.refuse(problems, test, source, life.now()));
        }
    }

    private void fail(RunRow run, ErrorCode code, String detail) {
        var reason = code.kind() == ErrorKind.CAPACITY ? EndReason.NO_CAPACITY : EndReason.PLATFORM_ERROR;
        var ending = Ending.broken(reason, code, detail);
        life.step(run.id(), row -> row.finish(ending, life.now()));
    }
}
