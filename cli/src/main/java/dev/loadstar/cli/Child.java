package dev.loadstar.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that lives no longer than this one. A small shell between the two reads a pipe that ends with us, however we
 * end, and then asks the program to end; its output goes to a file, which outlives everybody.
 */
final class Child implements AutoCloseable {

    private static final String SHELL = """
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            trap 'kill -TERM "$child" 2>/dev/null' TERM INT HUP
            { cat <&3 >/dev/null; kill -TERM "$child" 2>/dev/null; } >/dev/null 2>&1 &
            watch=$!
            while :; do
              wait "$child"
              code=$?
              kill -0 "$child" 2>/dev/null || break
            done
            kill "$watch" 2>/dev/null
            exit "$code"
            """;

    /** A server lets its runs end and its database close in this time. */
    private static final Duration GRACE = Duration.ofSeconds(90);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program of the product.
     *
     * @param home the assembled product
     * @param jvm options beside those that the program has of its own
     * @param log gets its output; what it held before is gone
     */
    static Child start(Path home, String program, List<String> jvm, List<String> arguments, Path log)
            throws IOException {
        var command = new ArrayList<String>(List.of("sh", "-c", SHELL, "loadstar-" + program));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-Dloadstar.home=" + home);
        command.add("-cp");
        command.add(home.resolve(program) + "/*");
        command.add("@" + home.resolve(program).resolve("launch.args"));
        command.addAll(arguments);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Child(process, log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for a line of its output.
     *
     * @param each is called again and again meanwhile
     * @return the line, or empty if the program ended or the time was over first
     */
    Optional<String> line(String start, Duration atMost, Runnable each) throws IOException, InterruptedException {
        var waited = new Stopwatch();
        while (true) {
            boolean last = !process.isAlive() || waited.elapsed().compareTo(atMost) > 0;
            var line = output().lines().filter(text -> text.startsWith(start)).findFirst();
            if (line.isPresent() || last) {
                return line;
            }
            each.run();
            process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The end of what it said. */
    List<String> tail(int lines) throws IOException {
        var all = output().lines().toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    Path log() {
        return log;
    }

    /** Asks it to end and waits; by force after a while. A second call waits too, but asks no second time. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy(); // the pipe is broken because the shell is gone already
        }
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String output() throws IOException {
        return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
    }
}
