package dev.loadstar.executor.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A web server on loopback with a log of its own: what arrived, when, and how many requests were being answered then. */
final class KitTarget implements AutoCloseable {

    static final String OK = "/ok";
    static final String SLOW = "/slow";
    static final String ERROR = "/error";
    static final Duration SLOWNESS = Duration.ofMillis(25);

    private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final HttpServer server;

    KitTarget() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int total() {
        return arrivals.size();
    }

    Map<String, Long> countsByPath() {
        return arrivals.stream().collect(Collectors.groupingBy(Arrival::path, Collectors.counting()));
    }

    /** The most requests that were being answered together, of those that arrived in that time. */
    int peak(Instant from, Instant to) {
        return arrivals.stream()
                .filter(arrival -> arrival.at().isAfter(from) && arrival.at().isBefore(to))
                .mapToInt(Arrival::together)
                .max()
                .orElse(0);
    }

    List<Arrival> since(Instant instant) {
        return arrivals.stream()
                .filter(arrival -> arrival.at().isAfter(instant))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        arrivals.add(new Arrival(path, Instant.now(), inFlight.incrementAndGet()));
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (path.equals(SLOW)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SLOWNESS.toMillis()));
            }
            byte[] body = "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            inFlight.decrementAndGet();
            exchange.sendResponseHeaders(path.equals(ERROR) ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** @param together requests being answered when this one came, itself included */
    record Arrival(String path, Instant at, int together) {}
}
