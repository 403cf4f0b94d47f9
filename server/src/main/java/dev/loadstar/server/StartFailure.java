package dev.loadstar.server;

import java.nio.file.Path;
import java.sql.SQLException;

import dev.loadstar.contract.problem.LoadstarException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** Why the server did not start, and what to do about it: two texts for people, where a stack trace helps nobody. */
final class StartFailure extends RuntimeException {

    private final String advice;

    StartFailure(String what, String advice) {
        this(what, advice, null);
    }

    StartFailure(String what, String advice, @Nullable Throwable cause) {
        super(what, cause);
        this.advice = advice;
    }

    static StartFailure portTaken(int port) {
        String owner = PortOwner.of(port)
                .map(process -> "process %d%s".formatted(process.pid(), program(process)))
                .orElse("another program");
        return new StartFailure(
                "port %d is in use by %s.".formatted(port, owner),
                "Choose another one with --port N, or end that program.");
    }

    private static String program(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> " (%s)".formatted(Path.of(command).getFileName()))
                .orElse("");
    }

    /** The same for whatever went wrong; the innermost sentence is usually the one that tells. */
    static StartFailure of(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StartFailure readable -> {
                    return readable;
                }
                case LoadstarException readable -> {
                    return new StartFailure(readable.detail(), advice(readable), failure);
                }
                case SQLException refused -> {
                    return new StartFailure(
                            "the database cannot be used: %s".formatted(refused.getMessage()),
                            "Start it, or correct -D spring.datasource.url=… with its username and password.",
                            failure);
                }
                case FlywayValidateException other -> {
                    return new StartFailure(
                            "the database was written by a newer Loadstar, or changed by hand: %s"
                                    .formatted(detail(other)),
                            "Start the one that wrote it, or give this one another database or data directory.",
                            failure);
                }
                case PortInUseException taken -> {
                    return portTaken(taken.getPort());
                }
                default -> innermost = cause;
            }
        }
        String name = innermost.getClass().getSimpleName();
        return new StartFailure(
                innermost.getMessage() == null ? name : "%s (%s)".formatted(innermost.getMessage(), name),
                "What led to it is in the log.",
                failure);
    }

    /** Its second sentence: the first says that there is one, the third advises what would do harm. */
    private static String detail(FlywayValidateException refused) {
        return String.valueOf(refused.getMessage())
                .lines()
                .filter(line -> line.startsWith("Detected") || line.startsWith("Migration"))
                .findFirst()
                .orElse("its history is not the one that this one knows.");
    }

    private static String advice(LoadstarException failure) {
        return switch (failure.code().kind()) {
            case USER -> "Mend that and start again.";
            case CAPACITY -> "Make room and start again.";
            case TOOL, INTERNAL -> "What led to it is in the log.";
        };
    }

    /** The block that a person reads. */
    String block(@Nullable Path log) {
        String block = "Loadstar did not start: %s%n  %s%n".formatted(getMessage(), advice);
        return log == null ? block : block + "  Log: %s%n".formatted(log);
    }
}
