package dev.loadstar.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.demo.DemoTarget;
import org.jspecify.annotations.Nullable;

/**
 * A run to which something happens.
 *
 * @param separate null where all but the run is one server
 */
record Going(StandaloneServer server, @Nullable SeparateParts separate, DemoTarget target, RunDocument run) {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SOME = 50;

    SeparateParts parts() {
        return Objects.requireNonNull(separate, "the parts are one process");
    }

    RunProcesses processes() {
        return new RunProcesses(server, run);
    }

    /** Until load has begun to arrive. */
    void awaitLoad() {
        Waiting.until("load", PATIENCE, () -> target.arrivals().size() > SOME);
    }

    /** Until the run is so far, or further. */
    void await(RunStatus status) {
        var _ = server.api().await(run.number(), PATIENCE, now -> now.status().compareTo(status) >= 0);
    }

    /** Until the log of that process has the words; looked at often. */
    void awaitLog(String process, String words) {
        Path log =
                server.data().resolve("jobs").resolve(run.id() + "-" + process).resolve("log.txt");
        long begun = System.nanoTime();
        while (!contains(log, words)) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new AssertionError("'%s' is not in %s".formatted(words, log));
            }
            pause(Duration.ofMillis(10));
        }
    }

    private static boolean contains(Path log, String words) {
        try {
            return Files.exists(log) && Files.readString(log).contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void freezeFor(ProcessHandle process, Duration time) throws IOException, InterruptedException {
        RunProcesses.freeze(process);
        pause(time);
        RunProcesses.thaw(process);
    }

    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
        }
    }
}
