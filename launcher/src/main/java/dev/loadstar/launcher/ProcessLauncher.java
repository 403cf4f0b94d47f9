package dev.loadstar.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.loadstar.contract.problem.DiskFull;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs as processes of this machine, each in a session of its own, so that it survives its starter and the terminal's
 * Ctrl-C. All that is known of a job is in its folder; several processes may use the same folder of jobs at once.
 */
public final class ProcessLauncher implements Launcher {

    private static final Logger log = LoggerFactory.getLogger(ProcessLauncher.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final long NO_ROOM = 64 << 10;
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    private final Path home;
    private final Path jobs;
    private final JobCommand command;

    /** The shells around the programs that this launcher started itself, by job. */
    private final Map<String, Process> started = new ConcurrentHashMap<>();

    /**
     * @param home the assembled product, one folder per program
     * @param jobs where jobs keep their folders; made when needed
     */
    public ProcessLauncher(Path home, Path jobs) {
        this.home = home.toAbsolutePath().normalize();
        this.jobs = jobs.toAbsolutePath().normalize();
        this.command = new JobCommand(this.home);
    }

    @Override
    public Job launch(JobSpec spec) {
        JobFolder folder = folder(spec.id());
        try {
            Optional<Job> existing = folder.job();
            return existing.isPresent() ? existing.get() : start(spec, folder);
        } catch (IOException e) {
            throw failure(spec, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadstarException(ErrorCode.INTERNAL_ERROR, "Interrupted while starting job " + spec.id(), e);
        }
    }

    private Job start(JobSpec spec, JobFolder folder) throws IOException, InterruptedException {
        if (!NAME.matcher(spec.program()).matches() || !Files.isDirectory(home.resolve(spec.program()))) {
            throw new LoadstarException(
                    ErrorCode.INTERNAL_ERROR, "There is no program '%s' in %s".formatted(spec.program(), home));
        }
        folder.prepare(spec, Instant.now());
        Process shell = command.process(spec, folder).start();
        Job job = awaitStart(spec, folder, shell);
        if (folder.marks().stream().anyMatch(mark -> mark.pid() == shell.pid())) {
            started.values().removeIf(ended -> !ended.isAlive());
            started.put(spec.id(), shell);
        }
        return job;
    }

    private Job awaitStart(JobSpec spec, JobFolder folder, Process shell) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            boolean ended = shell.waitFor(2, TimeUnit.MILLISECONDS);
            Optional<Job> job = folder.job();
            if (job.isPresent()) {
                return job.get();
            }
            if (ended && shell.exitValue() != 0) {
                break;
            }
        }
        boolean full = Files.getFileStore(folder.directory()).getUsableSpace() < NO_ROOM;
        throw new LoadstarException(
                full ? ErrorCode.NO_CAPACITY : ErrorCode.INTERNAL_ERROR,
                "Job %s did not start: %s"
                        .formatted(
                                spec.id(),
                                full
                                        ? "the disk of %s is full".formatted(jobs)
                                        : String.join(" | ", logTail(spec.id(), 5))));
    }

    private static LoadstarException failure(JobSpec spec, IOException e) {
        String why = String.valueOf(e.getMessage());
        boolean full = why.contains("error=11") || why.contains("error=12") || DiskFull.isCauseOf(e);
        var code = full ? ErrorCode.NO_CAPACITY : ErrorCode.INTERNAL_ERROR;
        return new LoadstarException(code, "Job %s cannot be started: %s".formatted(spec.id(), why), e);
    }

    @Override
    public List<Job> list() {
        if (!Files.isDirectory(jobs)) {
            return List.of();
        }
        var found = new ArrayList<Job>();
        try (Stream<Path> folders = Files.list(jobs)) {
            folders.forEach(folder -> look(new JobFolder(folder)).ifPresent(found::add));
        } catch (IOException e) {
            throw new UncheckedIOException("the jobs in " + jobs + " cannot be listed", e);
        }
        found.sort(Comparator.comparing(Job::startedAt));
        return List.copyOf(found);
    }

    /** One broken folder must not hide the others. */
    private static Optional<Job> look(JobFolder folder) {
        try {
            return folder.job();
        } catch (IOException | RuntimeException e) {
            log.warn("The job in {} cannot be read: {}", folder.directory(), e.toString());
            return Optional.empty();
        }
    }

    @Override
    public Optional<Job> find(String id) {
        try {
            return folder(id).job();
        } catch (IOException e) {
            throw new UncheckedIOException("job " + id + " cannot be read", e);
        }
    }

    /** @throws LoadstarException NOT_FOUND if there is no such job */
    @Override
    public Job await(String id, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        @Nullable Process shell = started.get(id);
        if (shell != null) {
            shell.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
        }
        Job job = existing(id);
        while (job.isRunning() && System.nanoTime() < deadline) {
            Thread.sleep(Duration.ofNanos(Math.min(LOOK_EVERY.toNanos(), deadline - System.nanoTime())));
            job = existing(id);
        }
        return job;
    }

    private Job existing(String id) {
        return find(id).orElseThrow(() -> new LoadstarException(ErrorCode.NOT_FOUND, "There is no job " + id));
    }

    /** The force at the end of {@code grace} needs this process to be alive then. */
    @Override
    public void stop(String id, Duration grace) {
        Optional<Job> running = find(id).filter(Job::isRunning);
        if (running.isEmpty()) {
            return;
        }
        long pid = running.get().pid();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        Thread.ofVirtual().name("stop " + id).start(() -> kill(id, pid, grace));
    }

    private void kill(String id, long pid, Duration grace) {
        try {
            if (await(id, grace).isRunning()) {
                log.info("Job {} did not end within {} ms and is killed", id, grace.toMillis());
                JobCommand.killGroup(pid);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.warn("Job {} cannot be killed: {}", id, e.toString());
        }
    }

    @Override
    public List<String> logTail(String id, int lines) {
        try {
            JobFolder folder = folder(id);
            return Files.exists(folder.log()) ? folder.logTail(lines) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the log of job " + id + " cannot be read", e);
        }
    }

    @Override
    public SortedMap<String, Long> artifacts(String id) {
        try {
            return folder(id).artifacts();
        } catch (IOException e) {
            throw new UncheckedIOException("the artifacts of job " + id + " cannot be listed", e);
        }
    }

    @Override
    public InputStream openArtifact(String id, String name) {
        try {
            return folder(id).openArtifact(name);
        } catch (NoSuchFileException e) {
            throw new LoadstarException(
                    ErrorCode.NOT_FOUND, "Job %s has left no artifact of that name".formatted(id), e);
        } catch (IOException e) {
            throw new UncheckedIOException("an artifact of job " + id + " cannot be read", e);
        }
    }

    /** A running job is left alone. */
    @Override
    public void forget(String id) {
        try {
            JobFolder folder = folder(id);
            if (look(folder).filter(Job::isRunning).isEmpty()) {
                folder.delete();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("job " + id + " cannot be removed", e);
        }
    }

    private JobFolder folder(String id) {
        if (!NAME.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id of a job: " + id);
        }
        return new JobFolder(jobs.resolve(id));
    }
}
