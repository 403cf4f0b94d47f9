package dev.loadstar.executor.request;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import dev.loadstar.contract.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A response's body as JSON, read once for all that is asked of it. */
final class JsonBody {

    /** 1 and 1.0 are the same number. */
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
            BigDecimal value = one.decimalValue();
            return value.compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    };

    private final @Nullable DocumentContext document;

    private JsonBody(@Nullable DocumentContext document) {
        this.document = document;
    }

    static JsonBody of(String text) {
        try {
            // JsonPath's own parser takes nearly everything for JSON.
            Object json = text.isBlank() ? null : Json.read(text, Object.class);
            return new JsonBody(json == null ? null : JsonPath.parse(json));
        } catch (JacksonException e) {
            return new JsonBody(null);
        }
    }

    boolean isJson() {
        return document != null;
    }

    /** What the path leads to: for one that can lead to several places, all of them. Null stands for JSON's null. */
    List<JsonNode> at(JsonPath path) {
        if (document == null) {
            return List.of();
        }
        try {
            Object found = document.read(path);
            JsonNode node = Json.mapper().valueToTree(found);
            return path.isDefinite() ? List.of(node) : node.valueStream().toList();
        } catch (PathNotFoundException e) {
            return List.of();
        }
    }

    /** The first value there as text; empty where there is none, or null. */
    Optional<String> text(JsonPath path) {
        return at(path).stream()
                .findFirst()
                .filter(value -> !value.isNull())
                .map(value -> value.isString() ? value.stringValue() : value.toString());
    }

    static boolean same(JsonNode one, JsonNode other) {
        return one.equals(BY_VALUE, other);
    }
}
