package dev.loadstar.executor;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.loadstar.executor.log.JobLog;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the process is ended before its work is done, by a signal or by a script that calls
 * {@code System.exit}: the log says so, what was measured is still sent if that is quick, and the exit code is not 0.
 */
final class SuddenEnd {

    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(3);
    private static final int FAILED = 1;

    private final AtomicReference<@Nullable LastWords> unsaid = new AtomicReference<>();
    private volatile boolean done;

    /** Saves what was measured, in a few seconds. */
    @FunctionalInterface
    interface LastWords {
        void say(String why, boolean byScript) throws InterruptedException;
    }

    /** From now on the end of the JVM is looked at. */
    void watch() {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("sudden-end").unstarted(this::onShutdown));
    }

    /** Load runs; a sudden end from now on has something to save. */
    void begun(LastWords words) {
        unsaid.set(words);
    }

    /** Load is over. False if the process is being ended already: then its end is told elsewhere, and nobody else must tell another. */
    boolean isOverInOrder() {
        return unsaid.getAndSet(null) != null;
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
        boolean bySignal = threadInside("jdk.internal.misc.Signal").isPresent();
        String why = bySignal
                ? "The process was ended by a signal."
                : "The script ended the process: System.exit was called"
                        + threadInside(Runtime.class.getName())
                                .map(" on its thread '%s'."::formatted)
                                .orElse(".");
        JobLog.warn(why);
        LastWords words = unsaid.getAndSet(null);
        if (words != null) {
            try {
                words.say(why, !bySignal);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Runtime.getRuntime().halt(FAILED);
    }

    /** Whoever ends the JVM waits for us: on a thread of its own for a signal, else on one of the script's, which may be virtual and not be found. */
    private static Optional<String> threadInside(String className) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(
                                frame -> frame.getClassName().split("\\$", 2)[0].equals(className)))
                .map(Map.Entry::getKey)
                .map(Thread::getName)
                .findFirst();
    }
}
