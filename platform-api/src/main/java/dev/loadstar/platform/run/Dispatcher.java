package dev.loadstar.platform.run;

import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.EndReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives queued runs a worker each when it is their turn, as many as may run at once. */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final RunLife life;
    private final WorkerJobs workers;
    private final int maxParallel;
    private final FreeDisk disk;

    Dispatcher(RunLife life, WorkerJobs workers, int maxParallel, FreeDisk disk) {
        this.life = life;
        this.workers = workers;
        this.maxParallel = maxParallel;
        this.disk = disk;
    }

    /** @param unfinished in the order of their submission */
    void dispatch(List<RunRow> unfinished) {
        int free = maxParallel - life.withWorker();
        var turns = new Turns(unfinished, life::projectKey);
        for (RunRow run : turns.queued()) {
            Optional<String> wait = turns.waitFor(run);
            if (wait.isEmpty() && free <= 0) {
                wait = Optional.of("waits for a free place (%d in all)".formatted(maxParallel));
            }
            wait = wait.or(disk::lack);
            if (wait.isPresent()) {
                String reason = wait.get();
                turns.keepWaiting(run);
                life.step(run.id(), row -> row.waitFor(reason));
            } else if (start(run, turns)) {
                free--;
                launch(run);
            }
        }
    }

    /** Both runs are told before the second one starts: were the server to end in between, it would only be told again. */
    private boolean start(RunRow run, Turns turns) {
        List<RunRow> beside = turns.start(run);
        beside.forEach(other -> life.step(other.id(), row -> row.warn(turns.warning(other, run))));
        return life.step(run.id(), row -> {
            beside.forEach(other -> row.warn(turns.warning(run, other)));
            return row.provision(life.now());
        });
    }

    /** Launches the worker of a run that has its place; once it is there, launching it again changes nothing. */
    void launch(RunRow run) {
        try {
            var plan = life.planWithBaseline(run)
                    .orElseThrow(() -> new IllegalStateException("an accepted run has a plan"));
            workers.launch(run, life.projectKey(run), plan);
        } catch (LoadstarException e) {
            fail(run, e.code(), e.detail());
        } catch (RuntimeException e) {
            log.error("The worker of run {} cannot be launched", run.id(), e);
            fail(run, ErrorCode.INTERNAL_ERROR, "The run's worker could not be launched: " + e.getMessage());
        }
    }

    private void fail(RunRow run, ErrorCode code, String detail) {
        var reason = switch (code.kind()) {
            case CAPACITY -> EndReason.NO_CAPACITY;
            case USER, TOOL -> EndReason.NOT_READY;
            case INTERNAL -> EndReason.PLATFORM_ERROR;
        };
        life.step(run.id(), row -> row.finish(Ending.broken(reason, code, detail), life.now()));
    }
}
