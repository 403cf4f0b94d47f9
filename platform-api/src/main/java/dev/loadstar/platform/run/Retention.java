package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets finished runs that are older than their project keeps them. Reporting is told first, so that one that is cut
 * short is told again; processes and logs of a run that is gone are removed by {@link Housekeeping}.
 */
final class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofMinutes(10);

    /** So that other runs are not kept waiting; the rest has its turn the next time. */
    private static final int AT_ONCE = 100;

    private final RunLife life;
    private final WorkerJobs workers;
    private final RunRecords records;
    private final Duration keep;
    private Instant looked = Instant.EPOCH;

    /** @param keep for projects that do not say it themselves */
    Retention(RunLife life, WorkerJobs workers, RunRecords records, Duration keep) {
        this.life = life;
        this.workers = workers;
        this.records = records;
        this.keep = keep;
    }

    void look() {
        if (looked.plus(EVERY).isBefore(life.now())) {
            looked = life.now();
            forgetOld();
        }
    }

    void forgetOld() {
        life.kept(keep).forEach((project, kept) -> {
            for (RunRow run : life.finishedBefore(project, life.now().minus(kept), AT_ONCE)) {
                records.forget(run, workers.key(run));
                life.remove(run);
                log.info("Run {} ({}) is older than {} days and forgotten", run.number(), run.id(), kept.toDays());
            }
        });
    }
}
