package dev.loadstar.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A server that the command line started for itself and takes down when it is done. */
final class OwnServer implements AutoCloseable {

    private static final int DEFAULT_PORT = 8080;

    private static final Duration START = Duration.ofMinutes(3);
    private static final Pattern UP = Pattern.compile("Loadstar is up\\s+(\\S+)\\s+.*");

    private final Child child;
    private final URI address;
    private final String signIn;

    private OwnServer(Child child, String signIn) {
        this.child = child;
        this.signIn = signIn;
        this.address = URI.create(signIn).resolve("/");
    }

    /**
     * Starts a server and waits until it can take runs.
     *
     * @param arguments beside port and data directory
     */
    static OwnServer start(Path home, DataDirectory data, List<String> arguments, Screen screen)
            throws IOException, InterruptedException {
        Files.createDirectories(data.path());
        var all = new ArrayList<String>(List.of(
                "--port",
                Integer.toString(freePort(DEFAULT_PORT)),
                "--data",
                data.path().toString()));
        all.addAll(arguments);
        var child = Child.start(home, "server", jvm(home), all, data.path().resolve("console.log"));
        var cleanup = Cleanup.onExit(child);
        var time = new Stopwatch();
        var line = child.line(
                "Loadstar is up", START, () -> screen.live("Starting Loadstar …  " + Figures.clock(time.elapsed())));
        var match = UP.matcher(line.orElse(""));
        if (!match.matches()) {
            var tail = child.tail(12);
            cleanup.close();
            throw notUp(child.log(), tail);
        }
        return new OwnServer(child, match.group(1));
    }

    /**
     * Of one that lives for a run or a demo: without the second compiler it is up after half the work. Its archive of
     * classes is the one that {@code ./loadstar up} leaves.
     */
    private static List<String> jvm(Path home) {
        var jvm = new ArrayList<>(List.of("-Xmx768m", "-XX:TieredStopAtLevel=1"));
        Path archive = home.resolve("archives").resolve("server.jsa");
        if (Files.exists(archive)) {
            jvm.add("-XX:SharedArchiveFile=" + archive);
        }
        return jvm;
    }

    /** That port, or the next one that nobody listens on. */
    static int freePort(int wanted) {
        for (int port = wanted; port < wanted + 100; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        throw new CliError(CliError.BROKEN, "no free port from " + wanted + " to " + (wanted + 99));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    URI address() {
        return address;
    }

    /** The address with a one-time sign-in. */
    String signIn() {
        return signIn;
    }

    boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public void close() {
        child.close();
    }

    private static CliError notUp(Path log, List<String> tail) {
        var lines = new ArrayList<String>();
        lines.add("The end of " + log + ":");
        tail.forEach(line -> lines.add("  " + line));
        return new CliError(CliError.BROKEN, "the server did not start", lines.toArray(String[]::new));
    }
}
