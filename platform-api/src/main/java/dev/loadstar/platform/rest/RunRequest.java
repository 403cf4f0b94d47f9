package dev.loadstar.platform.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.validator.Submission;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** The JSON that submits a repository: {@code {"git", "ref", "path", "labels"}}, read strictly and with all its problems at once. */
final class RunRequest {

    static final String DEFAULT_PATH = "loadstar.json";

    private static final Set<String> KEYS = Set.of("git", "ref", "path", "labels");
    private static final ObjectReader READER = Json.mapper()
            .reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonNode body;
    private final List<Problem> problems = new ArrayList<>();

    private RunRequest(JsonNode body) {
        this.body = body;
    }

    /** @throws LoadstarException REQUEST_INVALID with every problem */
    static Submission parse(byte[] body) {
        JsonNode read;
        try {
            read = READER.readTree(body);
        } catch (JacksonException e) {
            throw new LoadstarException(
                    ErrorCode.REQUEST_INVALID, "The body is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!read.isObject()) {
            throw new LoadstarException(ErrorCode.REQUEST_INVALID, "The body must be a JSON object");
        }
        return new RunRequest(read).submission();
    }

    private Submission submission() {
        for (String key : body.propertyNames()) {
            if (!KEYS.contains(key)) {
                problem(
                        key,
                        ErrorCode.KEY_UNKNOWN,
                        "'%s' is not known; known are git, ref, path and labels".formatted(key));
            }
        }
        @Nullable String git = text("git");
        if (git == null && !body.has("git")) {
            problem("git", ErrorCode.VALUE_INVALID, "'git', the repository's address, is missing");
        }
        @Nullable String ref = text("ref");
        @Nullable String path = text("path");
        Map<String, String> labels = labels();
        if (!problems.isEmpty() || git == null) {
            throw new LoadstarException(ErrorCode.REQUEST_INVALID, "The request has problems", problems);
        }
        return new Submission.Git(git, ref, path == null ? DEFAULT_PATH : path, labels);
    }

    private @Nullable String text(String key) {
        JsonNode value = body.path(key);
        if (value.isMissingNode() || (value.isNull() && !key.equals("git"))) {
            return null;
        }
        if (!value.isString() || value.asString().isBlank()) {
            problem(key, ErrorCode.VALUE_INVALID, "'%s' must be a text that is not empty".formatted(key));
            return null;
        }
        return value.asString();
    }

    private Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        JsonNode value = body.path("labels");
        if (value.isMissingNode() || value.isNull()) {
            return labels;
        }
        if (!value.isObject()) {
            problem("labels", ErrorCode.VALUE_INVALID, "'labels' must be an object of texts");
            return labels;
        }
        for (Map.Entry<String, JsonNode> label : value.properties()) {
            if (label.getValue().isString()) {
                labels.put(label.getKey(), label.getValue().asString());
            } else {
                problem("labels/" + escaped(label.getKey()), ErrorCode.VALUE_INVALID, "A label's value must be a text");
            }
        }
        return labels;
    }

    private void problem(String place, ErrorCode code, String message) {
        String pointer = KEYS.contains(place) || place.startsWith("labels/") ? "/" + place : "/" + escaped(place);
        problems.add(Problem.at(pointer, code, message));
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
