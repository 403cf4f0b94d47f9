package dev.loadstar.executor.kit;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.loadstar.contract.json.Json;
import tools.jackson.databind.JsonNode;

/** The assembled product as a user starts it, {@code ./loadstar up} on a data directory of its own, spoken to over REST. */
public final class FidelityProduct implements AutoCloseable {

    private static final String RUNS = "/api/v1/projects/default/runs";
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path data;
    private final Path repository;
    private final int port;
    private final Process script;
    private final HttpClient client = HttpClient.newHttpClient();

    private FidelityProduct(Path data, Path repository, int port, Process script) {
        this.data = data;
        this.repository = repository;
        this.port = port;
        this.script = script;
    }

    /** Starts it and waits for its first page. */
    static FidelityProduct start(Path root, Path folder) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Path repository = Files.createDirectories(folder.resolve("repository"));
        git(repository, "init", "-q");
        int port = freePort();
        var script = new ProcessBuilder(
                        root.resolve("loadstar").toString(),
                        "up",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString(),
                        "--allow-local-git")
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "console.log"))
                .start();
        var product = new FidelityProduct(data, repository, port, script);
        long begun = System.nanoTime();
        while (!product.answers()) {
            if (!script.isAlive() || System.nanoTime() - begun > STARTS_WITHIN.toNanos()) {
                throw new IllegalStateException("no server: " + Files.readString(folder.resolve("console.log")));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return product;
    }

    private boolean answers() throws InterruptedException {
        try {
            var page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login"));
            return client.send(page.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Runs a test to its end.
     *
     * @param definition text of its {@code loadstar.json}
     * @return the run's document
     * @throws IllegalStateException if it was refused
     */
    public JsonNode run(String definition) throws IOException, InterruptedException {
        return begin(definition).join();
    }

    /** The same, going on while the caller does things to it. */
    public CompletableFuture<JsonNode> begin(String definition) throws IOException, InterruptedException {
        return begin(definition, Map.of());
    }

    /**
     * The same, of a test with files.
     *
     * @param files by name, for this run alone
     */
    public CompletableFuture<JsonNode> begin(String definition, Map<String, String> files)
            throws IOException, InterruptedException {
        Files.writeString(repository.resolve("loadstar.json"), definition);
        for (var file : files.entrySet()) {
            Files.writeString(repository.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(repository.resolve("commit.txt"), Long.toString(System.nanoTime()));
        git(repository, "add", "-A");
        git(repository, "-c", "user.name=kit", "-c", "user.email=kit@localhost", "commit", "-q", "-m", "kit");
        for (String file : files.keySet()) {
            Files.delete(repository.resolve(file));
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + RUNS + "?wait=1h"))
                .header(
                        "Authorization",
                        "Bearer " + Files.readString(data.resolve("cli-token")).strip())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        Json.write(Map.of("git", repository.toUri().toString()))))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> {
            JsonNode run = Json.mapper().readTree(answer.body());
            if (answer.statusCode() != 200 || run.path("endReason").asString("").equals("REFUSED")) {
                throw new IllegalStateException("the run was refused: " + answer.body());
            }
            return run;
        });
    }

    /** Pids of the executors that run now, in the order of their numbers. */
    public List<Long> executors() throws IOException {
        var pids = new ArrayList<Long>();
        try (var jobs = Files.walk(data.resolve("jobs"), 2)) {
            for (Path job : jobs.filter(job -> job.getFileName().toString().matches(".*-executor-\\d+"))
                    .filter(job -> Files.exists(job.resolve("pid")) && !Files.exists(job.resolve("exit")))
                    .sorted()
                    .toList()) {
                pids.add(Long.parseLong(
                        Files.readAllLines(job.resolve("pid")).getFirst().split(" ", 2)[0]));
            }
        }
        return pids;
    }

    @Override
    public void close() {
        client.shutdownNow();
        script.destroy();
        script.onExit().join();
    }

    private static void git(Path repository, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        Collections.addAll(command, words);
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("failed: " + command);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
