package dev.loadstar.executor;

import java.time.Duration;

import dev.loadstar.executor.log.JobLog;

/**
 * What happens when the process is ended in the middle of its load, by a signal or by a script that calls
 * {@code System.exit}: the log says so, what was measured is still sent if that is quick, and the exit code is not 0.
 * Closed when the load has come to its end in order.
 */
final class SuddenEnd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int FAILED = 1;

    private final Measurement measured;
    private final Thread hook;

    SuddenEnd(Measurement measured) {
        this.measured = measured;
        this.hook = Thread.ofPlatform().name("sudden-end").unstarted(this::save);
    }

    void expect() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            JobLog.warn("the process is already being ended"); // the hook runs and does the rest
        }
    }

    private void save() {
        JobLog.warn("the process is being ended in the middle of its load: a signal, or the script called System.exit");
        try {
            measured.recorder().end(true, "The process was ended by a signal, or by the script itself.");
            measured.flush(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(FAILED);
    }
}
