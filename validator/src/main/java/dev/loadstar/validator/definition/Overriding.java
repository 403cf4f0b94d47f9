package dev.loadstar.validator.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts what was given at submission in the place of what the definition says, before anyone judges it. */
final class Overriding {

    private final ObjectNode root;
    private final Overrides overrides;

    private Overriding(ObjectNode root, Overrides overrides) {
        this.root = root;
        this.overrides = overrides;
    }

    /** Changes the definition, and answers what is wrong with the overrides: pointers are into the request. */
    static List<Problem> apply(JsonNode definition, Overrides overrides) {
        return definition instanceof ObjectNode root ? new Overriding(root, overrides).apply() : List.of();
    }

    private List<Problem> apply() {
        List<Problem> problems = unknownVariables();
        put("labels", overrides.labels());
        put("variables", overrides.variables());
        if (overrides.target() != null) {
            put("target", Map.of("baseUrl", overrides.target()));
        }
        return problems;
    }

    /** A value of another type than an object is left as it is, for the schema to name. */
    private void put(String key, Map<String, String> values) {
        if (values.isEmpty()) {
            return;
        }
        JsonNode there = root.has(key) ? root.path(key) : root.putObject(key);
        if (there instanceof ObjectNode object) {
            values.forEach(object::put);
        }
    }

    /** One that nothing reads is most likely misspelt, and would silently change nothing. */
    private List<Problem> unknownVariables() {
        var problems = new ArrayList<Problem>();
        String text = overrides.variables().isEmpty() ? "" : root.toString();
        List<String> declared = List.copyOf(root.path("variables").propertyNames());
        for (String name : overrides.variables().keySet()) {
            if (!declared.contains(name) && !text.contains("${env." + name + "}")) {
                String hint = Suggestion.nearest(name, declared)
                        .map("Did you mean `%s`?"::formatted)
                        .orElse("Declare it in the definition's `variables` or use ${env.%s}".formatted(name));
                problems.add(Problem.at(
                        Pointers.child("/variables", name),
                        ErrorCode.KEY_UNKNOWN,
                        "The definition has no variable `%s`".formatted(name),
                        hint));
            }
        }
        return problems;
    }
}
