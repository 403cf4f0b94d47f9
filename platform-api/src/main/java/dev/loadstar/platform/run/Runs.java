package dev.loadstar.platform.run;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.run.Artifact;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.Validation;
import org.jspecify.annotations.Nullable;

/**
 * The runs of all projects, for whoever shows or starts them. Projects are named by their key, runs by their number in
 * the project. What does not exist is a {@link dev.loadstar.contract.problem.LoadstarException} NOT_FOUND.
 */
public interface Runs {

    /** Whether submissions are taken: everything is up, and the server is not about to end. */
    boolean isOpen();

    /** Why no run is taken in although the server is open, and what to do about it; empty where there is no reason. */
    Optional<String> lack();

    /**
     * Takes a submission in and answers at once, while it is being validated.
     *
     * @throws dev.loadstar.contract.problem.LoadstarException NO_CAPACITY while the server is not {@linkplain #isOpen open} or
     *     {@linkplain #lack lacks} something
     */
    RunDocument submit(String project, Submission submission, String by);

    /** What {@link #submit} would find out; blocks and starts nothing. */
    Validation validate(String project, Submission submission);

    /** The run with everything that is measured so far. */
    RunDocument document(String project, int number);

    /** The id of the run, by which other parts know it. */
    String id(String project, int number);

    /** The validated plan; empty before it is accepted and for refused runs. */
    Optional<RunPlan> plan(String project, int number);

    /** The same with the loads that people changed while it ran. */
    Optional<RunPlan> followedPlan(String project, int number);

    /**
     * The newest runs that the filter takes.
     *
     * @param before only runs with smaller numbers
     */
    RunPage list(String project, RunFilter filter, int limit, @Nullable Integer before);

    /**
     * Asks the run to end and answers at once. Asking again changes nothing.
     *
     * @throws dev.loadstar.contract.problem.LoadstarException RUN_OVER if it has ended already
     */
    RunDocument stop(String project, int number, String by);

    /**
     * Changes the load of a run that is RUNNING and answers at once; what became of it is in the document's
     * {@code loadChanges}.
     *
     * @param scenario null where the run has only one
     * @throws dev.loadstar.contract.problem.LoadstarException NOT_RUNNING, or REQUEST_INVALID where its plan does not allow it
     */
    RunDocument changeLoad(String project, int number, @Nullable String scenario, LoadChange.What what, String by);

    /**
     * Makes the run a baseline for those after it, or not one any more. Asking again changes nothing.
     *
     * @throws dev.loadstar.contract.problem.LoadstarException NO_BASELINE if its figures cannot be held against others
     */
    RunDocument pin(String project, int number, boolean pinned, String by);

    /** Blocks until the run is FINISHED or the time is over, then answers as {@link #document}. */
    RunDocument await(String project, int number, Duration atMost) throws InterruptedException;

    /** The last lines that an executor wrote, at most {@code lines}; empty when nothing is kept any more. */
    List<String> executorLog(String project, int number, int executor, int lines);

    /** Files that the executors left; empty when nothing is kept any more. */
    List<Artifact> artifacts(String project, int number);

    /** The content of one of them, to be closed by the caller. */
    InputStream openArtifact(String project, int number, String name);

    /** The same of the run's worker. */
    List<String> workerLog(String project, int number, int lines);
}
