package dev.loadstar.platform.run;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.Artifact;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.launcher.Job;
import dev.loadstar.launcher.JobSpec;
import dev.loadstar.launcher.Launcher;
import dev.loadstar.platform.secret.ProjectSecrets;
import dev.loadstar.platform.settings.PlatformSettings;

/** The processes of runs: one worker each, and the executors that it started. */
final class WorkerJobs {

    private static final String PROGRAM = "worker";
    private static final int HEAP_MEGABYTES = 160;
    private static final Duration KILL_AFTER = Duration.ofSeconds(2);
    private static final Pattern ARTIFACT = Pattern.compile("executor-(\\d{1,6})-(.+)");

    private final Launcher launcher;
    private final PlatformSettings settings;
    private final ProjectSecrets secrets;
    private final String bootstrapServers;

    WorkerJobs(Launcher launcher, PlatformSettings settings, ProjectSecrets secrets, String bootstrapServers) {
        this.launcher = launcher;
        this.secrets = secrets;
        this.settings = settings;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Launching the worker of a run again changes nothing.
     *
     * @throws dev.loadstar.contract.problem.LoadstarException SECRET_MISSING, or what keeps the launcher from it
     */
    void launch(RunRow run, String project, RunPlan plan) {
        var assignment = new WorkerAssignment(
                run.id(),
                project,
                run.number(),
                run.times().submittedAt(),
                plan,
                key(run).toHex(),
                bootstrapServers,
                settings.home().toString(),
                settings.jobs().toString(),
                settings.blobs().toString(),
                secrets.values(project, plan.inputs().secrets()));
        launcher.launch(new JobSpec(
                worker(run),
                run.id(),
                PROGRAM,
                List.of(),
                Map.of(WorkerAssignment.FILE, Json.write(assignment)),
                Map.of(),
                HEAP_MEGABYTES));
    }

    RunKey key(RunRow run) {
        return RunKey.derive(settings.masterKeyBytes(), run.id());
    }

    Optional<Job> findWorker(RunRow run) {
        return launcher.find(worker(run));
    }

    boolean isExecutorRunning(RunRow run, int executor) {
        return launcher.find(executor(run, executor)).filter(Job::isRunning).isPresent();
    }

    /** Ends every process of the run at once. */
    void kill(RunRow run) {
        of(run).forEach(job -> launcher.stop(job.id(), Duration.ZERO));
    }

    private List<Job> of(RunRow run) {
        return all().stream()
                .filter(job -> job.run().equals(run.id()) && job.isRunning())
                .toList();
    }

    List<Job> all() {
        return launcher.list();
    }

    void stop(Job job) {
        launcher.stop(job.id(), KILL_AFTER);
    }

    void forget(Job job) {
        launcher.forget(job.id());
    }

    List<String> executorLog(RunRow run, int executor, int lines) {
        return launcher.logTail(executor(run, executor), lines);
    }

    /** Executors name their files alike, so a file's name begins with its executor's number. */
    List<Artifact> artifacts(RunRow run, int executors) {
        var all = new ArrayList<Artifact>();
        for (int executor = 1; executor <= executors; executor++) {
            for (var file : launcher.artifacts(executor(run, executor)).entrySet()) {
                String name = "executor-%d-%s".formatted(executor, file.getKey());
                all.add(new Artifact(name, executor, file.getValue()));
            }
        }
        return all;
    }

    /** @throws LoadstarException NOT_FOUND if there is none of that name */
    InputStream openArtifact(RunRow run, String name) {
        var parts = ARTIFACT.matcher(name);
        if (!parts.matches()) {
            throw new LoadstarException(ErrorCode.NOT_FOUND, "The run has no artifact of that name");
        }
        return launcher.openArtifact(executor(run, Integer.parseInt(parts.group(1))), parts.group(2));
    }

    List<String> workerLog(RunRow run, int lines) {
        return launcher.logTail(worker(run), lines);
    }

    private static String worker(RunRow run) {
        return run.id() + "-worker";
    }

    private static String executor(RunRow run, int executor) {
        return run.id() + "-executor-" + executor;
    }
}
