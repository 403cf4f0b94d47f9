package dev.loadstar.launcher;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

import dev.loadstar.contract.run.Artifact;

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

    /** Sizes in bytes of the files, by name, that the job has left in {@link Artifact#FOLDER}; empty when nothing is kept. */
    SortedMap<String, Long> artifacts(String id);

    /**
     * The content of one of them, to be closed by the caller.
     *
     * @throws dev.loadstar.contract.problem.LoadstarException NOT_FOUND if there is none of that name
     */
    InputStream openArtifact(String id, String name);

    /** Removes what was kept of an ended job, its working directory included. */
    void forget(String id);
}
