package dev.loadstar.acceptance;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.awaitility.Awaitility.await;

/** The assembled product's server as a process of its own, as {@code ./loadstar up} starts it. */
final class StandaloneServer implements AutoCloseable {

    static final Path HOME = Path.of(System.getProperty("loadstar.home"));

    private final Path data;
    private final int port;
    private final List<String> arguments;
    private Process process;

    private StandaloneServer(Path data, int port, List<String> arguments) throws IOException {
        this.data = data;
        this.port = port;
        this.arguments = arguments;
        this.process = launch();
    }

    /** @param arguments more than every such server gets */
    static StandaloneServer start(Path data, String... arguments) throws IOException {
        var server = new StandaloneServer(data, freePort(), List.of(arguments));
        server.awaitHealthy();
        return server;
    }

    /** Ends the server as a crash would: nothing of it gets to say goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void restart() throws IOException {
        process = launch();
        awaitHealthy();
    }

    /** Asks it to end, as Ctrl-C does, and answers its exit code. */
    int terminate() {
        process.destroy();
        await("server ends after SIGTERM").atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
        return process.exitValue();
    }

    Api api() {
        return new Api(URI.create("http://127.0.0.1:" + port), token());
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
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dloadstar.home=" + HOME);
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
        await("server healthy at " + address())
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .failFast("the server ended: see " + data + "-console.log", () -> !process.isAlive())
                .until(() -> Api.isHealthy(address()));
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
