package dev.loadstar.cli;

import java.util.List;

/** Ends a command: what happened, in which words to say it, what to do next, and the exit code. */
final class CliError extends RuntimeException {

    /** Loadstar or its surroundings failed. */
    static final int BROKEN = 1;

    /** The input was wrong and nothing was started. */
    static final int REFUSED = 2;

    /** Nobody waits any longer, but the run goes on. */
    static final int GAVE_UP = 6;

    private final int exitCode;
    private final transient List<String> lines;

    /** @param lines detail and advice below the title */
    CliError(int exitCode, String title, String... lines) {
        super(title);
        this.exitCode = exitCode;
        this.lines = List.of(lines);
    }

    int exitCode() {
        return exitCode;
    }

    String title() {
        return String.valueOf(getMessage());
    }

    List<String> lines() {
        return lines;
    }
}
