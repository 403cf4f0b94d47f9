package dev.loadstar.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.RunDocument;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The REST API of one server, as far as the command line needs it. */
final class Api {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** A server that is busy with many runs is still up. */
    private static final Duration HEALTH = Duration.ofSeconds(10);

    /** A clone and an inspection fit into this. */
    private static final Duration VALIDATION = Duration.ofMinutes(3);

    private final Http http;

    Api(Http http) {
        this.http = http;
    }

    URI server() {
        return http.server();
    }

    /** A run's document, also as the server wrote it. */
    record Answer(RunDocument run, String json) {
        static Answer of(String json) {
            return new Answer(Json.read(json, RunDocument.class), json);
        }
    }

    /**
     * Part of the list of runs, newest first.
     *
     * @param before cursor of the next part, null for the last one
     * @param json as the server wrote it
     */
    record Runs(List<RunDocument> runs, @Nullable Integer before, String json) {}

    private record RunList(List<RunDocument> runs, @Nullable Integer before) {}

    private record HealthAnswer(
            @Nullable String status, @Nullable String detail) {}

    Health health() {
        try {
            var response = http.raw(http.anonymous("/healthz", HEALTH).GET());
            @Nullable HealthAnswer answer = Json.read(response.body(), HealthAnswer.class);
            if (answer != null && "up".equals(answer.status())) {
                return new Health.Up();
            }
            if (answer != null && "down".equals(answer.status())) {
                return new Health.NotReady(String.valueOf(answer.detail()));
            }
        } catch (JacksonException e) {
            // said below
        } catch (IOException e) {
            return new Health.Absent(Unreachable.why(server(), e));
        }
        return new Health.Absent(new CliError(
                CliError.BROKEN,
                server() + " is not a Loadstar server",
                "Something else answers there: check the address and the port."));
    }

    Answer submit(Submission submission) throws IOException {
        return Answer.of(post(submission, "runs"));
    }

    /** @return the plan as the server wrote it */
    String validate(Submission submission) throws IOException {
        return post(submission, "validate");
    }

    Answer show(RunRef run) throws IOException {
        return Answer.of(get(path(run)));
    }

    /** @param path below the run's address */
    InputStream open(RunRef run, String path) throws IOException {
        return http.open(http.request(path(run) + path, ANSWER).GET());
    }

    Runs runs(String project, RunFilter filter) throws IOException {
        String json = get(path(project) + "runs" + filter.query());
        var list = Json.read(json, RunList.class);
        return new Runs(list.runs(), list.before(), json);
    }

    /** What is shown of a secret: everything but its value. */
    record Secret(String name, Instant changed, String changedBy) {}

    /** @param json as the server wrote it */
    record Secrets(List<Secret> secrets, String json) {}

    private record SecretList(List<Secret> secrets) {}

    Secrets secrets(String project) throws IOException {
        String json = get(path(project) + "secrets");
        return new Secrets(Json.read(json, SecretList.class).secrets(), json);
    }

    void setSecret(String project, String name, String value) throws IOException {
        http.send(http.request(path(project) + "secrets/" + name, ANSWER)
                .header("Content-Type", "text/plain; charset=UTF-8")
                .PUT(BodyPublishers.ofString(value)));
    }

    void removeSecret(String project, String name) throws IOException {
        http.send(http.request(path(project) + "secrets/" + name, ANSWER).DELETE());
    }

    /** @return the project as the server wrote it */
    String project(String project) throws IOException {
        return get("/api/v1/projects/" + project);
    }

    /**
     * @param change as JSON
     * @return the project as the server wrote it
     */
    String changeProject(String project, String change) throws IOException {
        return http.send(http.request("/api/v1/projects/" + project, ANSWER)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(change)));
    }

    /** @param change as JSON */
    Answer changeLoad(RunRef run, String change) throws IOException {
        return Answer.of(http.send(http.request(path(run) + "/load", ANSWER)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(change))));
    }

    Answer pin(RunRef run, boolean pinned) throws IOException {
        var request = http.request(path(run) + "/pin", ANSWER);
        return Answer.of(http.send(pinned ? request.PUT(BodyPublishers.noBody()) : request.DELETE()));
    }

    Answer stop(RunRef run) throws IOException {
        return Answer.of(http.send(http.request(path(run) + "/stop", ANSWER).POST(BodyPublishers.noBody())));
    }

    /** The end of what a process of the run said, line by line. */
    List<String> log(RunRef run, LogSource source, int lines) throws IOException {
        return get(path(run) + "/" + source.path() + "/log?lines=" + lines)
                .lines()
                .toList();
    }

    /** The run's events, open until it is over. */
    InputStream live(RunRef run) throws IOException {
        // The time limit is for the answer's head; the stream itself may stay open for hours.
        return http.open(http.request(path(run) + "/live", ANSWER)
                .header("Accept", "text/event-stream")
                .GET());
    }

    private String get(String path) throws IOException {
        return http.send(http.request(path, ANSWER).GET());
    }

    private static String path(RunRef run) {
        return path(run.project()) + "runs/" + run.number();
    }

    private static String path(String project) {
        return "/api/v1/projects/" + project + "/";
    }

    private String post(Submission submission, String what) throws IOException {
        String path = path(submission.project()) + what;
        return switch (submission.source()) {
            case Source.Git git ->
                http.send(http.request(path, VALIDATION)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.write(submission.body(git)))));
            case Source.Folder folder -> {
                try (var upload = Upload.of(folder.folder())) {
                    yield http.send(http.request(path + submission.query(folder), VALIDATION)
                            .header("Content-Type", "application/zip")
                            .POST(file(upload)));
                }
            }
        };
    }

    private static BodyPublisher file(Upload upload) throws FileNotFoundException {
        return BodyPublishers.ofFile(upload.zip());
    }
}
