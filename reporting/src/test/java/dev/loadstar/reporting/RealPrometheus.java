package dev.loadstar.reporting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.awaitility.Awaitility.await;

/** Debian's Prometheus, which watches itself. */
final class RealPrometheus implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/prometheus");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Process process;

    private RealPrometheus(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM);
    }

    /** @param folder its own */
    static RealPrometheus start(Path folder) throws IOException {
        int port = freePort();
        Path settings =
                Files.writeString(Files.createDirectories(folder).resolve("prometheus.yml"), """
                global: {scrape_interval: 1s}
                scrape_configs: [{job_name: self, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
                """.formatted(port));
        var process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        var started = new RealPrometheus(port, process);
        await("Prometheus is ready").atMost(Duration.ofSeconds(20)).until(started::isReady);
        return started;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(url() + "/-/ready")).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        } finally {
            http.close();
        }
    }
}
