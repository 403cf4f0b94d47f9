package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.loadstar.contract.run.EndReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the door when everything is up, and when the server is asked to end closes it first and stops every run with a
 * named reason. A server that is killed does none of this, and its runs go on.
 */
final class Drain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);
    private static final String REASON = "the server was shut down";
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final RunLife life;
    private final Sweeper sweeper;
    private final Stops stops;
    private final Duration atMost;
    private volatile boolean open;
    private volatile boolean over;

    Drain(RunLife life, Sweeper sweeper, Stops stops, Duration atMost) {
        this.life = life;
        this.sweeper = sweeper;
        this.stops = stops;
        this.atMost = atMost;
    }

    @Override
    public void start() {
        over = false;
        open = true;
    }

    @Override
    public void stop() {
        open = false;
        sweeper.dispatchNoMore();
        try {
            drain();
        } catch (RuntimeException e) {
            log.warn("Runs could not be stopped in order: {}", e.toString());
        } finally {
            over = true;
        }
    }

    /** Whether nobody needs to wait for a run any more. */
    boolean isOver() {
        return over;
    }

    private void drain() {
        List<RunRow> runs = life.unfinished();
        // Time is left for reporting even where processes have to be killed.
        runs.forEach(run -> stops.stop(run.id(), EndReason.STOPPED_BY_USER, REASON, atMost.dividedBy(2)));
        Instant end = Instant.now().plus(atMost);
        try {
            while (!life.unfinished().isEmpty() && Instant.now().isBefore(end)) {
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!runs.isEmpty()) {
            log.info("{} runs stopped because the server shuts down", runs.size());
        }
    }

    @Override
    public boolean isRunning() {
        return open;
    }

    @Override
    public int getPhase() {
        return Phases.DRAIN;
    }
}
