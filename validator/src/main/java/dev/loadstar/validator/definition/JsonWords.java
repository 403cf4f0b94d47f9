package dev.loadstar.validator.definition;

import java.util.List;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/** JSON's values and types as people call them. */
final class JsonWords {

    private JsonWords() {}

    static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    static String join(List<String> words) {
        return String.join(", ", words);
    }

    static String typeNames(JsonNode type) {
        return type.isArray()
                ? texts(type).stream().map(JsonWords::typeName).collect(Collectors.joining(" or "))
                : typeName(type.asString());
    }

    private static String typeName(String type) {
        return switch (type) {
            case "object" -> "an object";
            case "array" -> "a list";
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            default -> "a " + type;
        };
    }

    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "the text " + value;
            case NUMBER, BOOLEAN, NULL -> value.toString();
            case BINARY, MISSING, POJO -> "nothing";
        };
    }
}
