package dev.loadstar.platform.run;

import java.util.List;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.ErrorKind;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives queued runs a worker each, first come, first served, as many as may run at once. */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final RunLife life;
    private final WorkerJobs workers;
    private final int maxParallel;

    Dispatcher(RunLife life, WorkerJobs workers, int maxParallel) {
        this.life = life;
        this.workers = workers;
        this.maxParallel = maxParallel;
    }

    void dispatch(List<RunRow> unfinished) {
        int free = maxParallel - life.withWorker();
        for (RunRow run : unfinished) {
            if (run.status() == RunStatus.QUEUED && free > 0 && life.step(run.id(), row -> row.provision(life.now()))) {
                free--;
                launch(run);
            }
        }
    }

    /** Launches the worker of a run that has its place; once it is there, launching it again changes nothing. */
    void launch(RunRow run) {
        try {
            var plan = life.plan(run).orElseThrow(() -> new IllegalStateException("an accepted run has a plan"));
            workers.launch(run, life.projectKey(run), plan);
        } catch (LoadstarException e) {
            fail(run, e.code(), e.detail());
        } catch (RuntimeException e) {
            log.error("The worker of run {} cannot be launched", run.id(), e);
            fail(run, ErrorCode.INTERNAL_ERROR, "The run's worker could not be launched: " + e.getMessage());
        }
    }

    private void fail(RunRow run, ErrorCode code, String detail) {
        var reason = code.kind() == ErrorKind.CAPACITY ? EndReason.NO_CAPACITY : EndReason.PLATFORM_ERROR;
        life.step(run.id(), row -> row.finish(Ending.broken(reason, code, detail), life.now()));
    }
}
