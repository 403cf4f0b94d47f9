package dev.loadstar.validator.definition;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/** Where in a definition each key belongs, so that a key at a wrong place can be sent to its right one. */
final class SchemaKeys {

    private final JsonNode schema;
    private final Map<String, String> places = new LinkedHashMap<>();

    SchemaKeys(JsonNode schema) {
        this.schema = schema;
        var waiting = new ArrayDeque<Place>(List.of(new Place("", schema)));
        Set<Place> seen = new HashSet<>();
        while (!waiting.isEmpty()) {
            Place place = waiting.removeFirst();
            if (place.pointer().length() < 80 && seen.add(place)) {
                follow(place, waiting);
            }
        }
    }

    /** The shortest place of that key, with {@code *} for any index. */
    Optional<String> placeOf(String key) {
        return Optional.ofNullable(places.get(key));
    }

    /** The subschema that the keyword at that location stands in. */
    JsonNode around(String location) {
        return schema.at(location.substring(0, Math.max(0, location.lastIndexOf('/'))));
    }

    private void follow(Place place, ArrayDeque<Place> waiting) {
        JsonNode node = place.node();
        if (node.path("$ref").isString()) {
            waiting.addFirst(place.to(schema.at(node.path("$ref").stringValue().substring(1))));
        }
        for (String branch : List.of("then", "else")) {
            waiting.addFirst(place.to(node.path(branch)));
        }
        node.path("allOf").forEach(part -> waiting.addFirst(place.to(part)));
        waiting.addLast(new Place(place.pointer() + "/*", node.path("items")));
        node.path("properties").properties().forEach(property -> {
            String pointer = Pointers.child(place.pointer(), property.getKey());
            places.putIfAbsent(property.getKey(), pointer);
            waiting.addLast(new Place(pointer, property.getValue()));
        });
    }

    private record Place(String pointer, JsonNode node) {
        Place to(JsonNode other) {
            return new Place(pointer, other);
        }
    }
}
