package dev.loadstar.platform.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.validator.definition.Pointers;
import dev.loadstar.validator.definition.StrictJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The JSON object that a request brings, read strictly; what is wrong with it is collected. */
record JsonBody(JsonNode root, RequestProblems problems) {

    /** Room for the largest definition inside of a request. */
    private static final int LARGEST = 2 << 20;

    /**
     * @param keys that may be in it
     * @throws LoadstarException REQUEST_INVALID if it is no JSON object
     */
    static JsonBody read(InputStream input, List<String> keys) throws IOException {
        byte[] text = input.readNBytes(LARGEST + 1);
        if (text.length > LARGEST) {
            throw new ResponseStatusException(
                    HttpStatus.CONTENT_TOO_LARGE, "The body may have %d bytes at most".formatted(LARGEST));
        }
        StrictJson.Text read = StrictJson.read(text);
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
        root.propertyNames().stream().filter(key -> !keys.contains(key)).forEach(key -> problems.unknown(key, keys));
        return new JsonBody(root, problems);
    }

    boolean has(String key) {
        return !at(key).isMissingNode();
    }

    /** Missing also where it is null. */
    JsonNode at(String key) {
        return root.path(key).isNull() ? MissingNode.getInstance() : root.path(key);
    }

    /** Null where the key is absent or its value, once named, is no text. */
    @Nullable
    String text(String key) {
        JsonNode value = at(key);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isString() || value.asString().isBlank()) {
            problems.invalid("/" + key, "'%s' must be a text that is not empty".formatted(key));
            return null;
        }
        return value.asString();
    }

    /** Empty where the key is absent. */
    Map<String, String> texts(String key) {
        var texts = new LinkedHashMap<String, String>();
        JsonNode value = at(key);
        if (!value.isMissingNode() && !value.isObject()) {
            problems.invalid("/" + key, "'%s' must be an object of texts".formatted(key));
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (entry.getValue().isString()) {
                texts.put(entry.getKey(), entry.getValue().asString());
            } else {
                problems.invalid(Pointers.child("/" + key, entry.getKey()), "The value must be a text");
            }
        }
        return texts;
    }
}
