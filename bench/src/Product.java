import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.loadstar.contract.json.Json;
import tools.jackson.databind.JsonNode;

/** The product as a user starts it, {@code ./loadstar up} on a data directory of its own, spoken to over REST. */
final class Product implements AutoCloseable {

    private static final String RUNS = "/api/v1/projects/default/runs";

    private final Path data;
    private final int port;
    private final Process script;
    private final HttpClient client = HttpClient.newHttpClient();
    private Duration firstPage = Duration.ZERO;

    private Product(Path data, int port, Process script) {
        this.data = data;
        this.port = port;
        this.script = script;
    }

    /** Starts it and waits for its first page. */
    static Product start(Path data) throws IOException, InterruptedException {
        int port = freePort();
        long begun = System.nanoTime();
        var script = new ProcessBuilder(
                        Bench.root().resolve("loadstar").toString(),
                        "up",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString(),
                        "--allow-local-git")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(data + "-console.log")))
                .start();
        Bench.endWithUs(script);
        var product = new Product(data, port, script);
        product.awaitFirstPage(begun);
        return product;
    }

    private void awaitFirstPage(long begun) throws InterruptedException, IOException {
        while (!answersPage()) {
            if (!script.isAlive() || System.nanoTime() - begun > 90e9) {
                throw new IllegalStateException("no server: " + Files.readString(Path.of(data + "-console.log")));
            }
            Thread.sleep(20);
        }
        firstPage = Duration.ofNanos(System.nanoTime() - begun);
    }

    private boolean answersPage() throws InterruptedException {
        try {
            var page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login"));
            return client.send(page.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** From the start of the script to the first page in full. */
    Duration firstPage() {
        return firstPage;
    }

    /** What a caller of {@code POST …/runs?wait=} has in the end, and when it had it (epoch µs). */
    record Finished(JsonNode run, long atMicros) {

        int number() {
            return run.path("number").asInt();
        }

        /** @throws IllegalStateException if the run did not pass: its figures would mean nothing */
        Finished passed() {
            if (!run.path("verdict").asString("").equals("PASSED")) {
                throw new IllegalStateException("the run did not pass: " + run.path("reason").asString(""));
            }
            return this;
        }
    }

    /** Submits the newest commit, and answers when the run is over. */
    CompletableFuture<Finished> run(Repository repository) throws IOException {
        String body = Json.write(Map.of("git", repository.folder().toUri().toString()));
        var request = request(RUNS + "?wait=2h")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return client.sendAsync(request.build(), BodyHandlers.ofString())
                .thenApply(answer -> new Finished(json(answer), Target.micros()).passed());
    }

    /** Two short runs, after which a server has loaded and compiled what runs need. */
    void warmUp(Repository repository, Target target) throws Exception {
        for (int i = 0; i < 2; i++) {
            repository.commit(new Load("/", 5, 100, 0, 2), target.port());
            run(repository).get();
        }
    }

    /** The embedded PostgreSQL. */
    Connection database() throws IOException, SQLException {
        int postgres = Json.mapper().readTree(data.resolve("ports.json")).path("postgres").asInt();
        String password = Files.readString(data.resolve("postgres/password")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/loadstar".formatted(postgres), "loadstar", password);
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + Files.readString(data.resolve("cli-token")).strip());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return Json.mapper().readTree(answer.body());
    }

    /** The server's JVM and its PostgreSQL, but no jobs. */
    List<Long> serverProcesses() throws IOException {
        // PostgreSQL puts itself into the background: its data directory says who it is.
        Path note = data.resolve("postgres/data/postmaster.pid");
        long postgres = Long.parseLong(Files.readAllLines(note).getFirst().strip());
        return Stream.concat(Stream.of(server()), Proc.tree(postgres).stream()).toList();
    }

    /** The server's JVM, which the script started before any job. */
    long server() {
        return ProcessHandle.of(script.pid()).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .filter(Proc::isJava)
                .findFirst()
                .orElseThrow();
    }

    /** The one executor that runs now. */
    long executor() {
        return job("-executor-1");
    }

    /** The one worker that runs now. */
    long worker() {
        return job("-worker");
    }

    private long job(String ending) {
        try (var jobs = Files.list(data.resolve("jobs"))) {
            return jobs.filter(job -> job.getFileName().toString().endsWith(ending))
                    .filter(job -> !Files.exists(job.resolve("exit")))
                    .mapToLong(Product::program)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no job …" + ending + " runs"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long program(Path job) {
        try {
            return Long.parseLong(Files.readAllLines(job.resolve("pid")).getFirst().split(" ")[0]);
        } catch (IOException e) {
            return -1;
        }
    }

    Path data() {
        return data;
    }

    /** Ends it in order. */
    @Override
    public void close() {
        script.destroy();
        script.onExit().join();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
