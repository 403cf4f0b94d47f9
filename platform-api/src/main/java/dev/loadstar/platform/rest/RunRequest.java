package dev.loadstar.platform.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static java.util.Objects.requireNonNull;

/** The JSON that submits a repository or a definition, with all its problems at once. */
final class RunRequest {

    private static final List<String> KEYS =
            List.of("git", "ref", "path", "definition", "labels", "target", "variables");

    private final JsonBody body;
    private final RequestProblems problems;

    private RunRequest(JsonBody body) {
        this.body = body;
        this.problems = body.problems();
    }

    /** @throws LoadstarException REQUEST_INVALID with every problem */
    static Submission read(InputStream body) throws IOException {
        return new RunRequest(JsonBody.read(body, KEYS)).submission();
    }

    private Submission submission() {
        @Nullable String definition = definition();
        @Nullable String git = body.text("git");
        @Nullable String ref = body.text("ref");
        @Nullable String path = body.text("path");
        if (!body.has("git")) {
            checkWithoutGit();
        }
        Overrides overrides = problems.overrides(body.texts("labels"), body.text("target"), body.texts("variables"));
        problems.check();
        return git == null
                ? new Submission.Pasted(requireNonNull(definition), overrides)
                : new Submission.Git(git, ref, path == null ? Submission.DEFAULT_PATH : path, definition, overrides);
    }

    private void checkWithoutGit() {
        if (!body.has("definition")) {
            problems.invalid("/git", "'git', the repository's address, is missing");
            return;
        }
        for (String key : List.of("ref", "path")) {
            if (body.has(key)) {
                problems.invalid("/" + key, "'%s' means nothing without 'git'".formatted(key));
            }
        }
    }

    private @Nullable String definition() {
        JsonNode value = body.at("definition");
        if (!value.isMissingNode() && !value.isObject()) {
            problems.invalid("/definition", "'definition' must be a JSON object, the definition itself");
        }
        return value.isObject() ? value.toString() : null;
    }
}
