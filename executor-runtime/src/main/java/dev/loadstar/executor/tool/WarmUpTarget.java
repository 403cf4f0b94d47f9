package dev.loadstar.executor.tool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.loadstar.executor.log.JobLog;

/**
 * A web server inside this process that a tool loads before it is ready, so that the first seconds of a test do not measure
 * how classes are loaded and compiled. No other host sees it. Every answer is {@code {"says": "loadstar warms up"}}.
 */
public final class WarmUpTarget {

    private static final int BACKLOG = 100;
    private static final byte[] PAGE = "{\"says\": \"loadstar warms up\"}".getBytes(StandardCharsets.UTF_8);

    private WarmUpTarget() {}

    /** What a tool does to it, of which nothing is recorded. */
    @FunctionalInterface
    public interface Load {
        void make(InetSocketAddress server) throws IOException, InterruptedException;
    }

    /** Carries that load out. What goes wrong is a line of the log: a test can begin without. */
    public static void serve(Load load) {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            server.setExecutor(threads);
            server.createContext("/", WarmUpTarget::answer);
            server.start();
            try {
                load.make(server.getAddress());
            } finally {
                server.stop(0);
            }
        } catch (IOException e) {
            JobLog.warn("no warm-up: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
        }
    }
}
