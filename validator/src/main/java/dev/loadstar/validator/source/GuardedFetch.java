package dev.loadstar.validator.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;

/** Runs a transfer into a repository's folder and ends it when it takes too long or grows too large. */
final class GuardedFetch {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration GIVE_UP = Duration.ofSeconds(5);

    private final Path folder;
    private final SourceLimits limits;
    private final long deadline;
    private volatile boolean cancelled;

    /** @param deadline on {@link System#nanoTime()} */
    GuardedFetch(Path folder, SourceLimits limits, long deadline) {
        this.folder = folder;
        this.limits = limits;
        this.deadline = deadline;
    }

    /** A transfer that asks the monitor whether to go on. */
    interface Transfer<T> {
        T run(ProgressMonitor monitor) throws Exception;
    }

    /**
     * @throws LoadstarException GIT_TOO_LARGE or GIT_UNREACHABLE at a limit
     * @throws Exception what the transfer itself throws
     */
    <T> T run(Transfer<T> transfer) throws Exception {
        var result = new AtomicReference<@Nullable T>();
        var failure = new AtomicReference<@Nullable Exception>();
        Thread thread = Thread.ofVirtual().name("git fetch").start(() -> {
            try {
                result.set(transfer.run(new Cancellable()));
            } catch (Exception e) {
                failure.set(e);
            }
        });
        try {
            long before = size();
            while (!thread.join(LOOK_EVERY)) {
                check(before);
            }
            check(before);
        } finally {
            end(thread);
        }
        Exception thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
        T value = result.get();
        if (value == null) {
            throw new IllegalStateException("the transfer gave nothing");
        }
        return value;
    }

    private void check(long before) throws IOException {
        if (size() - before > limits.bytes()) {
            throw new LoadstarException(
                    ErrorCode.GIT_TOO_LARGE,
                    "The repository has more than %,d MiB to fetch".formatted(limits.bytes() >> 20));
        }
        if (System.nanoTime() - deadline > 0) {
            throw new LoadstarException(
                    ErrorCode.GIT_UNREACHABLE,
                    "The repository was not read within %d s"
                            .formatted(limits.time().toSeconds()));
        }
    }

    /** An interrupt closes the socket that a virtual thread waits for. */
    private void end(Thread thread) throws InterruptedException {
        cancelled = true;
        if (thread.isAlive()) {
            thread.interrupt();
            thread.join(GIVE_UP);
        }
    }

    private long size() throws IOException {
        long bytes = 0;
        for (Path place : new Path[] {folder.resolve("objects"), folder.resolve("objects/pack")}) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.list(place)) {
                    bytes += files.mapToLong(file -> file.toFile().length()).sum();
                }
            }
        }
        return bytes;
    }

    private final class Cancellable extends EmptyProgressMonitor {
        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
