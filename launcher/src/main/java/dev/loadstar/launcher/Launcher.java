package dev.loadstar.launcher;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Starts, observes and stops jobs on one infrastructure. A job outlives the process that started it: whoever asks later,
 * also after a crash, finds it by its id.
 */
public interface Launcher {

    /**
     * Starts a job. Starting an id that is already there changes nothing and answers it.
     *
     * @throws dev.loadstar.contract.problem.LoadstarException of kind capacity or internal if it cannot be started
     */
    Job launch(JobSpec spec);

    /** Every job that is known, running or ended and not yet {@linkplain #forget forgotten}. */
    List<Job> list();

    Optional<Job> find(String id);

    /** Blocks until the job has ended or the time is over, then answers its state of now. */
    Job await(String id, Duration atMost) throws InterruptedException;

    /** Asks the job to end, and ends it by force once {@code grace} is over; does not wait. Unknown or ended jobs are left alone. */
    void stop(String id, Duration grace);

    /** The last lines that the job wrote, at most {@code lines}. */
    List<String> logTail(String id, int lines);

    /** Removes what was kept of an ended job, its working directory included. */
    void forget(String id);
}
