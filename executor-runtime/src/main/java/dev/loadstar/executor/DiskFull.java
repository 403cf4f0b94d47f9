package dev.loadstar.executor;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;

/** Tells a disk without room from other failures: it is no fault of the script, and is mended elsewhere. */
final class DiskFull {

    private static final List<String> SAID_SO = List.of("no space left on device", "disk quota exceeded");

    private DiskFull() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (SAID_SO.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    static LoadstarException in(Path folder) {
        return new LoadstarException(ErrorCode.NO_CAPACITY, "The disk of %s is full.".formatted(folder));
    }
}
