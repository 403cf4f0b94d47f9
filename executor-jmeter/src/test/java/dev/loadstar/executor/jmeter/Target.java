package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A target on loopback that keeps a log of its own. */
final class Target implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Hit> hits = new ConcurrentLinkedQueue<>();
    private final Duration delay;

    Target(Duration delay) {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.delay = delay;
        server = listen();
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private static HttpServer listen() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Hit> hits() {
        return List.copyOf(hits);
    }

    /** Hits by the first part of their path. */
    Map<String, Long> counts() {
        return hits.stream()
                .collect(Collectors.groupingBy(hit -> hit.path().split("/")[1], TreeMap::new, Collectors.counting()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            hits.add(new Hit(path, String.valueOf(exchange.getRequestURI().getQuery()), body, System.nanoTime()));
            LockSupport.parkNanos(delay.toNanos());
            int status = path.startsWith("/missing") ? 404 : path.startsWith("/moved") ? 302 : 200;
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "/landed");
            }
            byte[] answer = body(path).getBytes(StandardCharsets.UTF_8);
            if (path.startsWith("/page")) {
                exchange.getResponseHeaders().add("Content-Type", "text/html");
                exchange.getResponseHeaders().add("Set-Cookie", "session=hush");
            }
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String body(String path) {
        return switch (path) {
            case "/page" -> "<html><img src=\"/a.png\"/><img src=\"/missing.png\"/></html>";
            case "/page.json" -> "{\"paid\": false}";
            default -> "hit " + hits.size();
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    record Hit(String path, String query, String body, long nanos) {}
}
