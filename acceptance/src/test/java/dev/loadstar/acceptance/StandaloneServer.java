package dev.loadstar.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.json.Json;

/** The assembled product's server as a process of its own, as {@code ./loadstar up} starts it. */
final class StandaloneServer implements AutoCloseable {

    static final Path HOME = Path.of(System.getProperty("loadstar.home"));

    private final Path data;
    private final int port;
    private final Path home;
    private final List<String> wrapper;
    private final List<String> arguments;
    private Process process;

    private StandaloneServer(Path data, int port, Path home, List<String> wrapper, List<String> arguments)
            throws IOException {
        this.data = data;
        this.port = port;
        this.home = home;
        this.wrapper = wrapper;
        this.arguments = arguments;
        this.process = launch();
    }

    /** @param arguments more than every such server gets */
    static StandaloneServer start(Path data, String... arguments) throws IOException {
        return start(data, HOME, List.of(), arguments);
    }

    /**
     * @param home of the programs that it launches
     * @param wrapper a command that executes what follows it, in an environment of its making
     */
    static StandaloneServer start(Path data, Path home, List<String> wrapper, String... arguments) throws IOException {
        var server = new StandaloneServer(data, freePort(), home, wrapper, List.of(arguments));
        server.awaitHealthy();
        return server;
    }

    /** Ends the server as a crash would: nothing of it gets to say goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The same for its PostgreSQL. */
    void killDatabase() throws IOException {
        Path note = data.resolve("postgres").resolve("data").resolve("postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(note).getFirst().strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    void restart() throws IOException {
        process = launch();
        awaitHealthy();
    }

    /** Asks it to end, as Ctrl-C does, and answers its exit code. */
    int terminate() {
        process.destroy();
        Waiting.until("server ends after SIGTERM", Duration.ofSeconds(60), () -> !process.isAlive());
        return process.exitValue();
    }

    Api api() {
        return new Api(URI.create("http://127.0.0.1:" + port), token());
    }

    long pid() {
        return process.pid();
    }

    Path data() {
        return data;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }

    /** Pids of processes of the product whose command line names this data directory or home, but the server itself. */
    List<ProcessHandle> jobProcesses() {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.info().commandLine().orElse("").contains(HOME.toString()))
                .filter(handle -> workingDirectory(handle).startsWith(data.toString()))
                .toList();
    }

    /** Those of one run. */
    List<ProcessHandle> jobProcesses(String runId) {
        String jobs = data.resolve("jobs").resolve(runId).toString();
        return jobProcesses().stream()
                .filter(handle -> workingDirectory(handle).startsWith(jobs))
                .toList();
    }

    private static String workingDirectory(ProcessHandle handle) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(handle.pid()), "cwd"))
                    .toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private Process launch() throws IOException {
        var command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dloadstar.home=" + home);
        command.add("-cp");
        command.add(HOME.resolve("server") + "/*");
        command.add("@" + HOME.resolve("server").resolve("launch.args"));
        command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString(), "--allow-local-git"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(consoleLog()))
                .redirectInput(new File("/dev/null"))
                .start();
    }

    private File consoleLog() throws IOException {
        Files.createDirectories(data);
        return data.resolveSibling(data.getFileName() + "-console.log").toFile();
    }

    private void awaitHealthy() {
        Waiting.until("server healthy at " + address(), Duration.ofSeconds(90), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the server ended: see " + data + "-console.log");
            }
            return isUp();
        });
    }

    /** It says where it is when it is up, whatever its role. */
    private boolean isUp() {
        try {
            Path notice = data.resolve("server.json");
            return Files.exists(notice)
                    && Json.mapper()
                                    .readTree(Files.readString(notice))
                                    .path("pid")
                                    .asLong(0)
                            == process.pid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token() {
        try {
            return Files.readString(data.resolve("cli-token")).strip();
        } catch (IOException e) {
            throw new IllegalStateException("the server wrote no token for the command line", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
