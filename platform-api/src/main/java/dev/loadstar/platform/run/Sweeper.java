package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.loadstar.contract.run.RunStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The heartbeat of all runs that are on their way, once a second and whenever something happened. A server that comes up
 * adopts in its first beat what an earlier one left behind: the rows and the jobs say everything.
 */
final class Sweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    /** It reads the folder of every job that is kept. */
    private static final Duration TIDY_EVERY = Duration.ofSeconds(5);

    private static final Duration TIDY_IDLE_EVERY = Duration.ofSeconds(15);

    /** While nothing is on its way only each of so many beats looks: another server may have taken a run in. */
    private static final int IDLE_BEATS = 5;

    private final RunLife life;
    private final ClockSteps steps;
    private final Duties duties;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile boolean dispatching = true;
    private volatile boolean running;
    private ScheduledThreadPoolExecutor beat = beat();
    private Instant tidiedAt = Instant.EPOCH;
    private int idleBeats;

    /** Who does what in a beat. */
    record Duties(
            Validations validations,
            Deadlines deadlines,
            Supervision supervision,
            Dispatcher dispatcher,
            Housekeeping housekeeping,
            Retention retention) {}

    Sweeper(RunLife life, ClockSteps steps, Duties duties) {
        this.life = life;
        this.steps = steps;
        this.duties = duties;
    }

    private static ScheduledThreadPoolExecutor beat() {
        var executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("runs").factory());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return executor;
    }

    /** Looks again soon, on the sweeper's own thread. */
    void nudge() {
        if (running && asked.compareAndSet(false, true)) {
            beat.execute(this::sweep);
        }
    }

    /** From now on queued runs stay queued. */
    void dispatchNoMore() {
        dispatching = false;
    }

    private void beatOnce() {
        idleBeats--;
        if (idleBeats <= 0) {
            sweep();
        }
    }

    private void sweep() {
        asked.set(false);
        try {
            Duration step = steps.forward();
            if (!step.isZero()) {
                postpone(step);
            }
            List<RunRow> unfinished = life.unfinished();
            for (RunRow run : unfinished) {
                if (run.status() == RunStatus.VALIDATING && !duties.validations.isUnderWay(run.id())) {
                    duties.validations.begin(run);
                }
                duties.deadlines.enforce(run);
            }
            duties.supervision.look(unfinished);
            if (dispatching) {
                duties.dispatcher.dispatch(unfinished);
            }
            idleBeats = unfinished.isEmpty() ? IDLE_BEATS : 0;
            tidy(unfinished.isEmpty() ? TIDY_IDLE_EVERY : TIDY_EVERY);
        } catch (RuntimeException e) {
            log.warn("Runs cannot be looked after at the moment: {}", e.toString());
        }
    }

    private void postpone(Duration step) {
        log.warn("The clock was put forward by {} s: the deadlines of all runs are as much later", step.toSeconds());
        life.unfinished().forEach(run -> life.step(run.id(), row -> !row.isFinished() && row.postpone(step)));
    }

    private void tidy(Duration every) {
        if (life.now().isAfter(tidiedAt.plus(every))) {
            tidiedAt = life.now();
            duties.housekeeping.tidy();
            duties.retention.look();
        }
    }

    @Override
    public void start() {
        duties.housekeeping.takeOver();
        running = true;
        dispatching = true;
        beat = beat();
        var _ = beat.scheduleWithFixedDelay(this::beatOnce, 0, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        running = false;
        beat.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Phases.SWEEPER;
    }
}
