package dev.loadstar.executor.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A {@link CountingTarget} in a process of its own, in which nothing else runs that could delay it. */
public final class TargetProcess implements AutoCloseable {

    private final Process process;
    private final URI url;
    private final HttpClient client = HttpClient.newHttpClient();

    private TargetProcess(Process process, int port) {
        this.process = process;
        this.url = URI.create("http://127.0.0.1:" + port);
    }

    /** Starts one; it ends with {@link #close}. */
    public static TargetProcess start() throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes().toString(),
                        CountingTarget.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = Objects.requireNonNull(said.readLine(), "the target did not start");
        return new TargetProcess(process, Integer.parseInt(port));
    }

    private static Path classes() throws IOException {
        try {
            return Path.of(CountingTarget.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** What requests go to. */
    public URI url() {
        return url;
    }

    /** Forgets what came. */
    public void reset() throws IOException, InterruptedException {
        ask(CountingTarget.RESET);
    }

    /** What came since it was started or reset. */
    public TargetLog log() throws IOException, InterruptedException {
        Path file = Files.createTempFile("target-", ".log");
        try {
            ask(CountingTarget.LOG + file);
            return TargetLog.read(file);
        } finally {
            Files.delete(file);
        }
    }

    private void ask(String path) throws IOException, InterruptedException {
        client.send(HttpRequest.newBuilder(url.resolve(path)).build(), BodyHandlers.discarding());
    }

    @Override
    public void close() {
        client.shutdownNow();
        process.destroy();
        process.onExit().join();
    }
}
