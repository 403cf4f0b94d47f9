package dev.loadstar.executor.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/** A web server on loopback whose answers depend on the path, and which remembers all that it was sent. */
final class WebTarget implements AutoCloseable {

    private static final String JSON = "{\"items\":[{\"id\":41},{\"id\":42}],\"say\":\"hello\",\"next\":\"/page?n=2\"}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Hit> hits = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    WebTarget() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param body its bytes, each as one character */
    record Hit(
            String method,
            String path,
            @Nullable String query,
            @Nullable String rawQuery,
            Map<String, List<String>> headers,
            String body,
            int port) {

        @Nullable
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> String.join(", ", header.getValue()))
                    .findFirst()
                    .orElse(null);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Hit> hits() {
        return List.copyOf(hits);
    }

    Map<String, Long> counts() {
        return hits.stream().collect(Collectors.groupingBy(Hit::path, TreeMap::new, Collectors.counting()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            byte[] body = exchange.getRequestBody().readAllBytes();
            int port = exchange.getRemoteAddress().getPort();
            hits.add(new Hit(
                    exchange.getRequestMethod(),
                    uri.getPath(),
                    uri.getQuery(),
                    uri.getRawQuery(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(body, StandardCharsets.ISO_8859_1),
                    port));
            answer(exchange, uri.getPath());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException, InterruptedException {
        String[] parts = path.split("/");
        switch (parts[1]) {
            case "json" -> {
                exchange.getResponseHeaders().add("X-Tag", "a b");
                send(exchange, 200, JSON);
            }
            case "moved" -> {
                exchange.getResponseHeaders().add("Location", "/" + parts[2]);
                send(exchange, 302, "");
            }
            case "away" -> {
                exchange.getResponseHeaders().add("Location", baseUrl().replace("127.0.0.1", "localhost") + "/stolen");
                send(exchange, 302, "");
            }
            case "cookie" -> {
                exchange.getResponseHeaders().add("Set-Cookie", "id=7; Path=/");
                send(exchange, 200, "");
            }
            case "status" -> send(exchange, Integer.parseInt(parts[2]), "");
            case "silent" -> closed.await();
            case "trickle" -> trickle(exchange);
            case "slow" -> {
                closed.await(20, TimeUnit.MILLISECONDS);
                send(exchange, 200, "slow");
            }
            default -> send(exchange, 200, "home");
        }
    }

    private void trickle(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        do {
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
        } while (!closed.await(20, TimeUnit.MILLISECONDS));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
        if (!none) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
