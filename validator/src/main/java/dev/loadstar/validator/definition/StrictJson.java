package dev.loadstar.validator.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One pass over a text that must be exactly one JSON value; of a key that stands twice the first value counts. */
public final class StrictJson {

    private static final int DEEPEST = 100;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final JsonParser parser;
    private final List<Problem> problems = new ArrayList<>();

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    /** @param root null where the text is not JSON at all */
    public record Text(@Nullable JsonNode root, List<Problem> problems) {}

    public static Text read(byte[] text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            var reader = new StrictJson(parser);
            if (parser.nextToken() == null) {
                return notJson("The file is empty", "A definition is one JSON object");
            }
            JsonNode root = reader.value("");
            TokenStreamLocation end = parser.currentLocation();
            if (parser.nextToken() != null) {
                return notJson("Line %d: there is more after the end of the object".formatted(end.getLineNr()), null);
            }
            return new Text(root, List.copyOf(reader.problems));
        } catch (JacksonException e) {
            return notJson(place(e.getLocation()) + sentence(e.getOriginalMessage()), null);
        }
    }

    private JsonNode value(String pointer) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(pointer);
            case START_ARRAY -> array(pointer);
            case VALUE_STRING -> nodes.stringNode(parser.getString());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a value cannot start with " + parser.currentToken());
        };
    }

    private ObjectNode object(String pointer) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Map<String, Integer> lines = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            String place = Pointers.child(pointer, key);
            parser.nextToken();
            JsonNode value = value(place);
            Integer first = lines.putIfAbsent(key, line);
            if (first == null) {
                object.set(key, value);
            } else {
                problems.add(Problem.at(
                        place,
                        ErrorCode.KEY_DUPLICATE,
                        "`%s` stands twice, in line %d and in line %d".formatted(key, first, line),
                        "Remove one of them"));
            }
        }
        return object;
    }

    private ArrayNode array(String pointer) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(pointer + "/" + array.size()));
        }
        return array;
    }

    private static Text notJson(String message, @Nullable String hint) {
        return new Text(null, List.of(new Problem("", ErrorCode.DEFINITION_NOT_JSON.slug(), message, hint)));
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : "Line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
    }

    /** Without the parser's advice to programmers, which follows in brackets or on further lines. */
    private static String sentence(String message) {
        String first = message.lines().findFirst().orElse(message);
        return first.replaceAll("\\(?(for|start marker at|maximum allowed).*\\[Source:.*", "")
                .strip();
    }
}
