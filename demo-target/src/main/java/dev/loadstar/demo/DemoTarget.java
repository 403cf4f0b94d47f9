package dev.loadstar.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.loadstar.demo.Shop.Answer;
import org.jspecify.annotations.Nullable;

/**
 * A running demo shop on 127.0.0.1 or another address. Tests start it in their own process on a free port and ask it
 * what arrived; its moods (slow, frozen, failing) can be changed while it serves.
 */
public final class DemoTarget implements AutoCloseable {

    static {
        // Read once when the JDK's server class is loaded: without the first, every answer waits for a delayed ACK;
        // the others keep connections of more than 200 users open.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "100000");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private static final int BACKLOG = 4096;

    private final Shop shop = new Shop();
    private final Mood mood = new Mood();
    private final ArrivalLog log;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private DemoTarget(InetSocketAddress address, @Nullable Path logFile) throws IOException {
        server = HttpServer.create(address, BACKLOG);
        log = new ArrivalLog(logFile);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.createContext("/admin/", this::administer);
        server.start();
    }

    /**
     * Starts on 127.0.0.1.
     *
     * @param port 0 for any free one
     * @throws UncheckedIOException if the port is taken
     */
    public static DemoTarget start(int port) {
        return start("127.0.0.1", port, null);
    }

    /** As {@link #start(int)} on another address, with a file that gets a line per arrival. */
    public static DemoTarget start(String host, int port, @Nullable Path logFile) {
        try {
            return new DemoTarget(new InetSocketAddress(host, port), logFile);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI baseUrl() {
        return URI.create("http://" + server.getAddress().getHostString() + ":" + port());
    }

    /** Arrivals so far per {@code METHOD path}, such as {@code GET /api/products}; without {@code /admin}. */
    public Map<String, Long> counts() {
        return log.counts();
    }

    /** The newest arrivals (up to 500,000), in the order in which they were answered. */
    public List<Arrival> arrivals() {
        return log.arrivals();
    }

    /** Adds this to the time of every answer from now on. */
    public void holdFor(Duration hold) {
        mood.holdFor(hold);
    }

    /** Answers nothing until {@link #thaw}; connections are still accepted. */
    public void freeze() {
        mood.freeze();
    }

    public void thaw() {
        mood.thaw();
    }

    /** This share (0…1) of the answers from now on is a 500, evenly spaced. */
    public void errorRate(double share) {
        mood.errorRate(share);
    }

    @Override
    public void close() {
        mood.thaw();
        server.stop(0);
        threads.shutdownNow();
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the arrival log cannot be closed", e);
        }
    }

    void flushLog() {
        log.flush();
    }

    private void serve(HttpExchange exchange) throws IOException {
        var now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            var answer = shop.answer(method, path, body(exchange));
            if (mood.answerTakesAWhile(answer.typicalMillis())) {
                answer = Answer.json(500, "{\"error\":\"the shop is in a bad mood\"}", 0);
            }
            log.add(new Arrival(now, method, path, answer.status()));
            send(exchange, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void administer(HttpExchange exchange) throws IOException {
        try (exchange) {
            body(exchange);
            send(
                    exchange,
                    switch (exchange.getRequestURI().getPath()) {
                        case "/admin/counts" -> Answer.json(200, countsJson(), 0);
                        case "/admin/log" -> new Answer(200, "text/plain", logText(), 0);
                        default -> Answer.json(404, "{\"error\":\"try /admin/counts or /admin/log\"}", 0);
                    });
        }
    }

    private String countsJson() {
        return new TreeMap<>(counts())
                .entrySet().stream()
                        .map(count -> "\"%s\":%d".formatted(count.getKey().replace("\"", "%22"), count.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private String logText() {
        return arrivals().stream().map(arrival -> arrival.line() + "\n").collect(Collectors.joining());
    }

    private static String body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }
}
