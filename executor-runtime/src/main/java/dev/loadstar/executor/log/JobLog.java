package dev.loadstar.executor.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Plain lines with UTC time on the process's output, which the launcher keeps as the job's log. No logging framework:
 * the tool configures its own, and these lines must come through whatever it does.
 */
public final class JobLog {

    private JobLog() {}

    public static void info(String line) {
        System.out.println(stamp() + "  " + line);
    }

    public static void warn(String line) {
        System.out.println(stamp() + "  WARNING " + line);
    }

    /** The line and the failure's stack. */
    public static void error(String line, Throwable failure) {
        System.err.println(stamp() + "  ERROR " + line);
        failure.printStackTrace(System.err);
    }

    private static String stamp() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
