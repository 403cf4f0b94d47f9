package dev.loadstar.contract.problem;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tells a disk without room from other failures: it is nobody's fault who handed something in, and is mended elsewhere. */
public final class DiskFull {

    private static final List<String> SAID_SO = List.of("no space left on device", "disk quota exceeded");

    private DiskFull() {}

    /** Whether that is what a failure comes from; the system says so in words only. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (SAID_SO.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    /** The same with its name. */
    public static LoadstarException in(Path folder, Throwable cause) {
        return new LoadstarException(ErrorCode.NO_CAPACITY, "The disk of %s is full".formatted(folder), cause);
    }
}
