package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.loadstar.contract.definition.Units;
import tools.jackson.databind.JsonNode;

/** A value of the definition and where it stands. What is absent or of a wrong type reads as empty: the schema has named it. */
record Place(String pointer, JsonNode node) {

    boolean exists() {
        return !node.isMissingNode();
    }

    Place at(String key) {
        return new Place(Pointers.child(pointer, key), node.path(key));
    }

    List<Place> items() {
        return !node.isArray()
                ? List.of()
                : IntStream.range(0, node.size())
                        .mapToObj(index -> new Place(pointer + "/" + index, node.path(index)))
                        .toList();
    }

    Optional<String> text() {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    String text(String otherwise) {
        return text().orElse(otherwise);
    }

    Optional<Boolean> flag() {
        return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    /** Names of the keys that are true. */
    Set<String> flags() {
        return node.properties().stream()
                .filter(entry ->
                        entry.getValue().isBoolean() && entry.getValue().booleanValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    Optional<Integer> number() {
        return node.isIntegralNumber() && node.canConvertToInt() ? Optional.of(node.intValue()) : Optional.empty();
    }

    Optional<Duration> duration() {
        return quantity(Units::duration);
    }

    Duration duration(Duration otherwise) {
        return duration().orElse(otherwise);
    }

    /** Per second. */
    Optional<Double> rate() {
        return quantity(Units::rate);
    }

    double share(double otherwise) {
        return quantity(Units::share).orElse(otherwise);
    }

    Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        node.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
        return texts;
    }

    private <T> Optional<T> quantity(Function<String, T> unit) {
        try {
            return text().map(unit);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
