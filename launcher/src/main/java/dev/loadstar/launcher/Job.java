package dev.loadstar.launcher;

import java.nio.file.Path;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One job as it is now.
 *
 * @param exitCode null while it runs, and for one whose end nobody saw
 */
public record Job(
        String id,
        String run,
        String program,
        State state,
        Instant startedAt,
        @Nullable Integer exitCode,
        long pid,
        Path directory,
        Path log) {

    /** Whether it is there. */
    public enum State {
        RUNNING,
        ENDED
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }
}
