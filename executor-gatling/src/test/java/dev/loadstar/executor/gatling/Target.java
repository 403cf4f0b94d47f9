package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A target on loopback that keeps a log of its own. {@code /status/404} is answered with that status, {@code /held} never,
 * {@code /gone} by closing the connection, {@code /moved} by a redirect to another host, all else with the request's path.
 */
final class Target implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Hit> hits = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    Target() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param nanos on {@link System#nanoTime} */
    record Hit(String path, long nanos) {}

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Hit> hits() {
        return List.copyOf(hits);
    }

    List<Hit> hits(String path) {
        return hits.stream().filter(hit -> hit.path.equals(path)).toList();
    }

    Map<String, Long> counts() {
        return hits.stream().collect(Collectors.groupingBy(Hit::path, Collectors.counting()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        hits.add(new Hit(path, System.nanoTime()));
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (path.equals("/held")) {
                closed.await();
            } else if (!path.equals("/gone")) {
                int status = path.startsWith("/status/")
                        ? Integer.parseInt(path.substring(8))
                        : path.equals("/moved") ? 302 : 200;
                exchange.getResponseHeaders().add("Location", "http://moved.invalid/");
                byte[] body = path.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
