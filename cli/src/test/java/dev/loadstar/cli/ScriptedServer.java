package dev.loadstar.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A small HTTP server that answers what a test told it to, in turn; the last answer to a call stays. */
final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param body byte by byte as Latin-1, because some are archives */
    record Call(String line, String type, String authorization, String body) {}

    private record Answer(int status, String type, String body) {}

    ScriptedServer on(String call, int status, String body) {
        return add(call, new Answer(status, status < 400 ? "application/json" : "application/problem+json", body));
    }

    /** Answers with events and then ends the stream. */
    ScriptedServer onLive(String call, String... events) {
        return add(call, new Answer(200, "text/event-stream", String.join("", events)));
    }

    static String event(String name, Object data) {
        return "event:" + name + "\ndata:" + data + "\n\n";
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Call> calls() {
        return calls;
    }

    Call call(String line) {
        return calls.stream()
                .filter(call -> call.line().startsWith(line))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private ScriptedServer add(String call, Answer answer) {
        answers.computeIfAbsent(call, key -> new ArrayDeque<>()).add(answer);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var headers = exchange.getRequestHeaders();
            calls.add(new Call(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    String.valueOf(headers.getFirst("Content-Type")),
                    String.valueOf(headers.getFirst("Authorization")),
                    new String(body, StandardCharsets.ISO_8859_1)));
            send(
                    exchange,
                    next(exchange.getRequestMethod() + " "
                            + exchange.getRequestURI().getPath()));
        }
    }

    private Answer next(String call) {
        var queue = answers.get(call);
        if (queue == null && call.equals("GET /healthz")) {
            return new Answer(200, "application/json", "{\"status\":\"up\"}");
        }
        if (queue == null) {
            return new Answer(
                    404,
                    "application/problem+json",
                    "{\"title\":\"There is no such thing\",\"code\":\"not-found\",\"kind\":\"user\"}");
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.remove() : queue.element();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) {
        try {
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), answer.status() == 204 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
