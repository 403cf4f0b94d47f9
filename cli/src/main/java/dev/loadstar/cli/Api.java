package dev.loadstar.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.RunDocument;

/** The REST API of one server, as far as the command line needs it. */
final class Api {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** A server that is busy with many runs is still up. */
    private static final Duration HEALTH = Duration.ofSeconds(10);

    /** A clone and an inspection fit into this. */
    private static final Duration VALIDATION = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI server;
    private final Optional<String> token;

    Api(URI server, Optional<String> token) {
        this.server = server;
        this.token = token;
    }

    URI server() {
        return server;
    }

    /** A run's document, also as the server wrote it. */
    record Answer(RunDocument run, String json) {
        private static Answer of(String json) {
            return new Answer(Json.read(json, RunDocument.class), json);
        }
    }

    /** Whether a server is there and can take runs. */
    boolean isUp() {
        try {
            return send(request("/healthz", HEALTH).GET()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    Answer submit(String project, Source source, Map<String, String> labels) throws IOException {
        return Answer.of(post("/api/v1/projects/" + project + "/runs", source, labels));
    }

    /** @return the plan as the server wrote it */
    String validate(String project, Source source, Map<String, String> labels) throws IOException {
        return post("/api/v1/projects/" + project + "/validate", source, labels);
    }

    Answer show(RunRef run) throws IOException {
        return Answer.of(checked(send(request(path(run), ANSWER).GET())));
    }

    Answer stop(RunRef run) throws IOException {
        return Answer.of(checked(send(request(path(run) + "/stop", ANSWER).POST(BodyPublishers.noBody()))));
    }

    /** The run's events, open until it is over. */
    InputStream live(RunRef run) throws IOException {
        // The time limit is for the answer's head; the stream itself may stay open for hours.
        var request = request(path(run) + "/live", ANSWER).header("Accept", "text/event-stream");
        var response = send(request.GET(), BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (var body = response.body()) {
            throw ProblemDocument.error(
                    response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8), server);
        }
    }

    private static String path(RunRef run) {
        return "/api/v1/projects/" + run.project() + "/runs/" + run.number();
    }

    private String post(String path, Source source, Map<String, String> labels) throws IOException {
        return switch (source) {
            case Source.Git git ->
                checked(send(request(path, VALIDATION)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.write(gitBody(git, labels))))));
            case Source.Folder folder -> {
                try (var upload = Upload.of(folder.folder())) {
                    yield checked(send(request(path + query(folder, labels), VALIDATION)
                            .header("Content-Type", "application/zip")
                            .POST(file(upload))));
                }
            }
        };
    }

    private static BodyPublisher file(Upload upload) throws FileNotFoundException {
        return BodyPublishers.ofFile(upload.zip());
    }

    private static Map<String, Object> gitBody(Source.Git git, Map<String, String> labels) {
        var body = new TreeMap<String, Object>();
        body.put("git", git.url());
        if (git.ref() != null) {
            body.put("ref", git.ref());
        }
        body.put("path", git.path());
        body.put("labels", labels);
        return body;
    }

    private static String query(Source.Folder folder, Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> "&label=" + encode(label.getKey() + "=" + label.getValue()))
                .collect(Collectors.joining("", "?path=" + encode(folder.path()), ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(timeout);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        try {
            return client.send(request.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String checked(HttpResponse<String> response) {
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        throw ProblemDocument.error(response.statusCode(), response.body(), server);
    }
}
