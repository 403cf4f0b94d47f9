package dev.loadstar.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.jspecify.annotations.Nullable;

/** Runs a short program to its end; a failure keeps command, exit code and output. */
final class Command {

    private Command() {}

    /**
     * Answers what the program wrote.
     *
     * @throws LoadstarException if it cannot be started, fails or is not done in time
     */
    static String run(List<String> command, Duration atMost) {
        try {
            // A file and not a pipe: what the program leaves running would hold the pipe open.
            Path output = Files.createTempFile("loadstar", ".out");
            try {
                int exit = exitCode(command, output, atMost);
                String text = Files.readString(output, StandardCharsets.UTF_8).strip();
                if (exit != 0) {
                    throw failed(command, "exit code %d: %s".formatted(exit, text), null);
                }
                return text;
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw failed(command, String.valueOf(e.getMessage()), e);
        }
    }

    private static int exitCode(List<String> command, Path output, Duration atMost) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        // PGDATA, PGPORT and the like of the caller must not reach ours.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed(command, "not done after " + atMost.toSeconds() + " s", null);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(command, "interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static LoadstarException failed(List<String> command, String what, @Nullable Throwable cause) {
        return new LoadstarException(
                ErrorCode.INTERNAL_ERROR, "%s: %s".formatted(String.join(" ", command), what), cause);
    }
}
