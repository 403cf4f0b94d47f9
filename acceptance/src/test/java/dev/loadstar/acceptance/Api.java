package dev.loadstar.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;

/** The public REST door, used as a pipeline would. */
record Api(URI base, String token) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    static boolean isHealthy(String address) {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create(address + "/healthz"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    RunDocument submit(GitRepository repository) {
        return submit(Map.of("git", repository.url(), "ref", "main"));
    }

    RunDocument submit(Map<String, ?> body) {
        HttpResponse<String> answer = post("/api/v1/projects/default/runs", Json.write(body));
        if (answer.statusCode() != 202) {
            throw new AssertionError("submit answered " + answer.statusCode() + ": " + answer.body());
        }
        return Json.read(answer.body(), RunDocument.class);
    }

    /** Status and body of a synchronous submission. */
    HttpResponse<String> submitAndWait(Map<String, String> body) {
        return post("/api/v1/projects/default/runs?wait=60s", Json.write(body));
    }

    RunDocument run(int number) {
        return Json.read(get("/api/v1/projects/default/runs/" + number).body(), RunDocument.class);
    }

    RunDocument awaitFinished(int number, Duration atMost) {
        return await(number, atMost, run -> run.status() == RunStatus.FINISHED);
    }

    RunDocument await(int number, Duration atMost, Predicate<RunDocument> condition) {
        return Waiting.until(
                        "run " + number,
                        atMost,
                        () -> reachable(number),
                        run -> run.filter(condition).isPresent())
                .orElseThrow();
    }

    /** Empty while the server is away. */
    private Optional<RunDocument> reachable(int number) {
        try {
            return Optional.of(run(number));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    HttpResponse<String> stop(int number) {
        return post("/api/v1/projects/default/runs/" + number + "/stop", "");
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> patch(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(90));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
