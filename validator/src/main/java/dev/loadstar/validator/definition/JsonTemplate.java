package dev.loadstar.validator.definition;

import java.util.stream.Collectors;

import dev.loadstar.contract.template.Encoding;

/** Writes JSON as a template: its strings may hold references, everything else is as it was, number by number. */
final class JsonTemplate {

    private final References references;

    JsonTemplate(References references) {
        this.references = references;
    }

    String write(Place place) {
        return switch (place.node().getNodeType()) {
            case OBJECT ->
                place.node().properties().stream()
                        .map(entry -> {
                            Place child = place.at(entry.getKey());
                            return quoted(child, entry.getKey()) + ":" + write(child);
                        })
                        .collect(Collectors.joining(",", "{", "}"));
            case ARRAY -> place.items().stream().map(this::write).collect(Collectors.joining(",", "[", "]"));
            case STRING -> quoted(place, place.node().stringValue());
            case NUMBER, BOOLEAN, NULL, BINARY, MISSING, POJO -> place.node().toString();
        };
    }

    private String quoted(Place place, String text) {
        return "\""
                + references
                        .check(place, text)
                        .map(template -> template.rewrite(Encoding.JSON::encode))
                        .orElse("")
                + "\"";
    }
}
