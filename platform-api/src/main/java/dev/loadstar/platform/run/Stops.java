package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunStatus;

/** Stops runs: those without a worker end right there, the others are ordered to and killed if they do not obey. */
final class Stops {

    private final RunLife life;
    private final Validations validations;
    private final Runnable afterwards;

    /** @param afterwards called when there is an order to pass on */
    Stops(RunLife life, Validations validations, Runnable afterwards) {
        this.life = life;
        this.validations = validations;
        this.afterwards = afterwards;
    }

    /** A person's stop; again, or of a run that is over, it changes nothing. */
    void stop(String runId, EndReason reason, String detail, Duration patience) {
        if (life.step(runId, run -> stop(run, reason, detail, patience))) {
            validations.cancel(runId);
            afterwards.run();
        }
    }

    private boolean stop(RunRow run, EndReason reason, String detail, Duration patience) {
        Instant now = life.now();
        return run.status().isBefore(RunStatus.PROVISIONING)
                ? run.finish(Ending.aborted(reason, detail + " before it started"), now)
                : run.order(new StopOrder(reason, detail, true, now.plus(patience)));
    }
}
