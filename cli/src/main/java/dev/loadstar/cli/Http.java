package dev.loadstar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Requests to one server. Every answer but a good one is thrown, in words. */
final class Http {

    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** A server that starts, ends or is overloaded, or the proxy before one. */
    private static final List<Integer> PASSING = List.of(502, 503, 504);

    private final HttpClient client;
    private final URI server;
    private final Optional<String> token;

    Http(URI server, Optional<String> token, Certificates certificates) {
        this.server = server;
        this.token = token;
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        if ("https".equals(server.getScheme())) {
            certificates.context().ifPresent(builder::sslContext);
        }
        this.client = builder.build();
    }

    /** The server is there, but cannot answer just now. */
    static final class Passing extends IOException {
        Passing(String message) {
            super(message);
        }
    }

    URI server() {
        return server;
    }

    /** Without the token, for whoever it is that listens there. */
    HttpRequest.Builder anonymous(String path, Duration timeout) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(timeout);
    }

    HttpRequest.Builder request(String path, Duration timeout) {
        var request = anonymous(path, timeout);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /** The body of a good answer. */
    String send(HttpRequest.Builder request) throws IOException {
        return checked(raw(request));
    }

    /** The answer as it is. */
    HttpResponse<String> raw(HttpRequest.Builder request) throws IOException {
        return exchange(request, BodyHandlers.ofString());
    }

    /** The body of a good answer, as it comes. */
    InputStream open(HttpRequest.Builder request) throws IOException {
        var response = exchange(request, BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (var body = response.body()) {
            throw failure(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        try {
            return client.send(request.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String checked(HttpResponse<String> response) throws IOException {
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw failure(response.statusCode(), response.body());
    }

    private RuntimeException failure(int status, String body) throws Passing {
        var error = ProblemDocument.error(status, body, server);
        if (PASSING.contains(status)) {
            throw new Passing(error instanceof CliError known ? known.title() : error.toString());
        }
        return error;
    }
}
