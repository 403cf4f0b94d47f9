package dev.loadstar.launcher;

import org.jspecify.annotations.Nullable;

/** What an exit code tells a person about how a job's process came to its end. */
public final class ProcessEnd {

    /** Of a JVM with {@code -XX:+ExitOnOutOfMemoryError}, as every program of ours is started. */
    private static final int OUT_OF_MEMORY = 3;

    /** A shell adds the number of the signal to this. */
    private static final int BY_SIGNAL = 128;

    private static final int KILL = 9;

    private ProcessEnd() {}

    /**
     * The rest of a sentence that begins with the process.
     *
     * @param exitCode null if nobody saw it
     */
    public static String described(@Nullable Integer exitCode) {
        if (exitCode == null) {
            return "ended";
        }
        return switch (exitCode) {
            case OUT_OF_MEMORY -> "ran out of memory (exit code 3)";
            case BY_SIGNAL + KILL -> "was killed, by a person or by a system short of memory (exit code 137)";
            default -> "ended with exit code " + exitCode;
        };
    }
}
