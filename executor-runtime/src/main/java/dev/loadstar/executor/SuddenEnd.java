package dev.loadstar.executor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import dev.loadstar.executor.log.JobLog;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the process is ended before its work is done, by a signal or by a script that calls
 * {@code System.exit}: the log says so, what was measured is still sent if that is quick, and the exit code is not 0.
 */
final class SuddenEnd {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(3);
    private static final int FAILED = 1;

    private final AtomicReference<@Nullable Measurement> measuring = new AtomicReference<>();
    private volatile boolean done;

    /** From now on the end of the JVM is looked at. */
    void watch() {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("sudden-end").unstarted(this::onShutdown));
    }

    /** Load runs, and this is to be saved; null when it is over. */
    void measuring(@Nullable Measurement measurement) {
        measuring.set(measurement);
    }

    /** Ends the JVM in order, and by force if a hook of the tool or its script hangs. */
    void exit(int code) {
        done = true;
        Thread.ofPlatform().daemon().name("exit").start(() -> {
            try {
                Thread.sleep(EXIT_PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(code);
        });
        System.exit(code);
    }

    private void onShutdown() {
        if (done) {
            return;
        }
        JobLog.warn("the process is being ended before its work is done: by a signal, or by a script's System.exit");
        Measurement measurement = measuring.get();
        if (measurement != null) {
            save(measurement);
        }
        Runtime.getRuntime().halt(FAILED);
    }

    private static void save(Measurement measurement) {
        try {
            measurement.recorder().end(true, "The process was ended by a signal, or by the script itself.");
            measurement.flush(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
