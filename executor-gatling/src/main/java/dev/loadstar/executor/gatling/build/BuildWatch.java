package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;

/**
 * Waits for a build and ends it, with all that it started, once it takes too much of the machine. Time is the limit of
 * the whole inspection and kept by who asked for it.
 *
 * @param folders that it writes into
 */
record BuildWatch(Process build, List<Path> folders, Limits limits) {

    private static final long LOOK_EVERY_MS = 500;
    private static final long PAGE = 4096;

    /**
     * What a build may take at once.
     *
     * @param memory bytes of all its processes
     * @param disk bytes in its folders, with what it prints
     */
    record Limits(int processes, long memory, long disk) {

        static final Limits DEFAULT = new Limits(30, 2L << 30, 1L << 30);
    }

    /**
     * @return its exit code
     * @throws LoadstarException if it was ended
     */
    int await() {
        try {
            while (!build.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                look();
            }
            return build.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadstarException(ErrorCode.INSPECT_FAILED, "Interrupted while Maven was building", e);
        } finally {
            end();
        }
    }

    private void look() {
        List<ProcessHandle> processes =
                Stream.concat(Stream.of(build.toHandle()), build.descendants()).toList();
        if (processes.size() > limits.processes) {
            throw tooMuch("%d processes at once".formatted(limits.processes));
        }
        if (processes.stream().mapToLong(BuildWatch::memory).sum() > limits.memory) {
            throw tooMuch("%d MiB of memory".formatted(limits.memory >> 20));
        }
        if (folders.stream().mapToLong(BuildWatch::disk).sum() > limits.disk) {
            throw tooMuch("%d MiB of disk".formatted(limits.disk >> 20));
        }
    }

    private void end() {
        build.descendants().forEach(ProcessHandle::destroyForcibly);
        build.destroyForcibly();
    }

    private static LoadstarException tooMuch(String what) {
        return BuildProblems.of(Problem.at(
                BuildProblems.FILE,
                ErrorCode.SCRIPT_INVALID,
                "The build took more than %s and was ended".formatted(what)));
    }

    /** Bytes that a process has in memory; 0 on systems that do not say. */
    private static long memory(ProcessHandle process) {
        try {
            String[] pages = Files.readString(Path.of("/proc", Long.toString(process.pid()), "statm"))
                    .split(" ");
            return Long.parseLong(pages[1]) * PAGE;
        } catch (IOException e) {
            return 0;
        }
    }

    /** What vanishes while it is counted does not count. */
    private static long disk(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.mapToLong(BuildWatch::size).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
