package dev.loadstar.platform.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import dev.loadstar.validator.definition.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static java.util.Objects.requireNonNull;

/** The JSON that submits a repository or a definition, read strictly and with all its problems at once. */
final class RunRequest {

    private static final List<String> KEYS =
            List.of("git", "ref", "path", "definition", "labels", "target", "variables");

    private final JsonNode body;
    private final RequestProblems problems;

    private RunRequest(JsonNode body, RequestProblems problems) {
        this.body = body;
        this.problems = problems;
    }

    /** @throws LoadstarException REQUEST_INVALID with every problem */
    static Submission parse(byte[] body) {
        StrictJson.Text read = StrictJson.read(body);
        JsonNode root = read.root();
        if (root == null) {
            String why = read.problems().getFirst().message();
            throw new LoadstarException(ErrorCode.REQUEST_INVALID, "The body is not JSON. " + why);
        }
        if (!root.isObject()) {
            throw new LoadstarException(ErrorCode.REQUEST_INVALID, "The body must be a JSON object");
        }
        var problems = new RequestProblems();
        problems.addAll(read.problems());
        return new RunRequest(root, problems).submission();
    }

    private Submission submission() {
        for (String key : body.propertyNames()) {
            if (!KEYS.contains(key)) {
                problems.add(
                        "/" + RequestProblems.escaped(key),
                        ErrorCode.KEY_UNKNOWN,
                        "'%s' is not known; known are %s".formatted(key, String.join(", ", KEYS)));
            }
        }
        @Nullable String definition = definition();
        @Nullable String git = text("git");
        @Nullable String ref = text("ref");
        @Nullable String path = text("path");
        if (!body.has("git")) {
            checkWithoutGit(definition);
        }
        Overrides overrides = problems.overrides(texts("labels"), text("target"), texts("variables"));
        problems.check();
        return git == null
                ? new Submission.Pasted(requireNonNull(definition), overrides)
                : new Submission.Git(git, ref, path == null ? Submission.DEFAULT_PATH : path, definition, overrides);
    }

    private void checkWithoutGit(@Nullable String definition) {
        if (definition == null && !body.has("definition")) {
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
        JsonNode value = body.path("definition");
        if (value.isMissingNode() || value.isObject()) {
            return value.isObject() ? value.toString() : null;
        }
        problems.invalid("/definition", "'definition' must be a JSON object, the definition itself");
        return null;
    }

    private @Nullable String text(String key) {
        JsonNode value = body.path(key);
        if (value.isMissingNode() || (value.isNull() && !key.equals("git"))) {
            return null;
        }
        if (!value.isString() || value.asString().isBlank()) {
            problems.invalid("/" + key, "'%s' must be a text that is not empty".formatted(key));
            return null;
        }
        return value.asString();
    }

    private Map<String, String> texts(String key) {
        var texts = new LinkedHashMap<String, String>();
        JsonNode value = body.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return texts;
        }
        if (!value.isObject()) {
            problems.invalid("/" + key, "'%s' must be an object of texts".formatted(key));
            return texts;
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (entry.getValue().isString()) {
                texts.put(entry.getKey(), entry.getValue().asString());
            } else {
                problems.invalid(
                        "/%s/%s".formatted(key, RequestProblems.escaped(entry.getKey())), "The value must be a text");
            }
        }
        return texts;
    }
}
