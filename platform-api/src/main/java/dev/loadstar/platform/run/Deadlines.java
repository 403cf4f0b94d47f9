package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.EndReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what takes too long. Each status has its own end; none can hang. */
final class Deadlines {

    private static final Logger log = LoggerFactory.getLogger(Deadlines.class);

    /** How long a run whose processes were killed may wait for Kafka to take its last record. */
    private static final Duration AFTER_FORCE = Duration.ofMinutes(2);

    /** A server that was away lets everyone tell first what happened meanwhile. */
    private static final Duration AFTER_START = Duration.ofSeconds(60);

    private final RunLife life;
    private final Instant startedAt;
    private final Validations validations;
    private final WorkerJobs workers;
    private final Duration stopPatience;

    Deadlines(RunLife life, Validations validations, WorkerJobs workers, Duration stopPatience) {
        this.life = life;
        this.startedAt = life.now();
        this.validations = validations;
        this.workers = workers;
        this.stopPatience = stopPatience;
    }

    void enforce(RunRow run) {
        Instant now = life.now();
        if (run.hasWorker() && run.stop() != null) {
            force(run, run.stop(), now);
        } else if (now.isAfter(run.deadlineAt()) && now.isAfter(startedAt.plus(AFTER_START))) {
            enforceStatus(run, now);
        }
    }

    private void enforceStatus(RunRow run, Instant now) {
        switch (run.status()) {
            case VALIDATING -> {
                finish(run, Ending.broken(EndReason.PLATFORM_ERROR, ErrorCode.TIMED_OUT, "Validating took too long"));
                validations.cancel(run.id());
            }
            case QUEUED -> finish(run, Ending.broken(EndReason.NO_CAPACITY, ErrorCode.NO_CAPACITY, tooLong(run)));
            case PROVISIONING -> order(run, "The executors did not get ready in time", now);
            case RUNNING -> order(run, "The load did not end in time", now);
            case REPORTING ->
                finish(
                        run,
                        Ending.broken(
                                EndReason.PLATFORM_ERROR, ErrorCode.TIMED_OUT, "Reporting took longer than 5 minutes"));
            case FINISHED -> {}
        }
    }

    private static String tooLong(RunRow run) {
        @Nullable String waitsFor = run.waitsFor();
        return "It was not its turn within 24 h" + (waitsFor == null ? "" : "; it " + waitsFor);
    }

    private void order(RunRow run, String detail, Instant now) {
        var order = new StopOrder(EndReason.TIMED_OUT, detail, false, now.plus(stopPatience));
        life.step(run.id(), row -> row.status() == run.status() && row.order(order));
    }

    private void force(RunRow run, StopOrder order, Instant now) {
        if (now.isAfter(order.forceAt().plus(AFTER_FORCE))) {
            Ending ending = order.stopByPerson()
                    ? Ending.aborted(order.stopReason(), order.stopDetail())
                    : Ending.broken(order.stopReason(), ErrorCode.TIMED_OUT, order.stopDetail());
            finish(run, ending);
        } else if (now.isAfter(order.forceAt())) {
            log.warn("Run {} does not stop and is killed", run.id());
            workers.kill(run);
        }
    }

    /** Only while it still is where it was when its time was over. */
    private void finish(RunRow run, Ending ending) {
        life.step(run.id(), row -> row.status() == run.status() && row.finish(ending, life.now()));
    }
}
