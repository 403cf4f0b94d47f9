package dev.loadstar.validator.definition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.loadstar.contract.definition.DefinitionSchema;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds a definition against the published schema and says every mistake once, in words. */
final class SchemaCheck {

    private final SchemaKeys keys;
    private final Schema check;

    /** @param toolOptions schema of each installed tool's options, which take their place in the whole */
    SchemaCheck(Map<String, JsonNode> toolOptions) {
        JsonNode schema = Json.mapper().readTree(DefinitionSchema.text());
        var options = (ObjectNode) schema.at("/$defs/scenario/properties/toolOptions");
        options.put("additionalProperties", false);
        options.putObject("properties").setAll(toolOptions);
        keys = new SchemaKeys(schema);
        check = SchemaRegistry.withDialect(Dialect.builder(Dialects.getDraft202012())
                        .keyword(new NotYetKeyword())
                        .keyword(new NonValidationKeyword("x-unit"))
                        .keyword(new NonValidationKeyword(Tools.ARTIFACTS))
                        .build())
                .getSchema(schema);
    }

    List<Problem> problems(JsonNode definition) {
        List<Error> errors = check.validate(definition);
        Set<String> misspelt = errors.stream()
                .filter(error -> error.getKeyword().equals("additionalProperties"))
                .flatMap(error -> misspelt(error).stream())
                .collect(Collectors.toSet());
        var problems = new LinkedHashSet<Problem>();
        for (Error error : errors) {
            if (!isInsideOfAChoice(error) && !isConsequence(error, misspelt)) {
                problems.add(problem(error));
            }
        }
        return List.copyOf(problems);
    }

    /** Places of keys that were most likely meant by an unknown key. */
    private Optional<String> misspelt(Error unknown) {
        return Suggestion.nearest(unknown.getProperty(), known(rule(unknown)))
                .map(key -> Pointers.child(unknown.getInstanceLocation().toString(), key));
    }

    /** What only follows from another mistake: a key that is missing because it is misspelt, keys of what is no object. */
    private boolean isConsequence(Error error, Set<String> misspelt) {
        String pointer = error.getInstanceLocation().toString();
        return switch (error.getKeyword()) {
            case "required" -> misspelt.contains(Pointers.child(pointer, error.getProperty()));
            case "oneOf" ->
                !error.getInstanceNode().isObject()
                        || alternatives(rule(error)).stream()
                                .anyMatch(key -> misspelt.contains(Pointers.child(pointer, key)));
            default -> false;
        };
    }

    private JsonNode rule(Error error) {
        return keys.around(error.getSchemaLocation().getFragment().toString());
    }

    private static List<String> known(JsonNode rule) {
        return List.copyOf(rule.path("properties").propertyNames());
    }

    private static List<String> alternatives(JsonNode rule) {
        return rule.path("oneOf")
                .valueStream()
                .map(option -> option.path("required").path(0).asString())
                .toList();
    }

    /** What an alternative asked for says nothing once the choice itself is reported. */
    private static boolean isInsideOfAChoice(Error error) {
        return error.getEvaluationPath().toString().matches(".*/(oneOf|anyOf)/.*");
    }

    private Problem problem(Error error) {
        String pointer = error.getInstanceLocation().toString();
        JsonNode rule = rule(error);
        return switch (error.getKeyword()) {
            case NotYetKeyword.NAME -> notYet(pointer, error, rule);
            case "additionalProperties" -> unknownKey(pointer, error.getProperty(), rule);
            case "required" ->
                Problem.at(pointer, ErrorCode.VALUE_INVALID, "`%s` is missing".formatted(error.getProperty()));
            case "oneOf" -> choice(pointer, rule);
            case "type" -> wrongType(pointer, error.getInstanceNode(), rule);
            case "pattern" -> wrongText(pointer, error.getInstanceNode(), rule);
            case "enum" -> notOneOf(pointer, error.getInstanceNode(), rule);
            default -> Problem.at(pointer, ErrorCode.VALUE_INVALID, bound(error, rule));
        };
    }

    private static Problem notYet(String pointer, Error error, JsonNode rule) {
        boolean whole = error.getSchemaNode().isBoolean();
        String what = whole || !error.getInstanceNode().isString()
                ? "`%s` is not supported yet".formatted(Pointers.leaf(pointer))
                : "`%s`: %s is not supported yet".formatted(Pointers.leaf(pointer), error.getInstanceNode());
        List<String> works = new ArrayList<>(JsonWords.texts(rule.path("enum")));
        works.removeAll(JsonWords.texts(error.getSchemaNode()));
        return problem(
                pointer,
                ErrorCode.NOT_SUPPORTED_YET,
                what,
                works.isEmpty() ? null : "What works: " + JsonWords.join(works));
    }

    private Problem unknownKey(String parent, String key, JsonNode rule) {
        String pointer = Pointers.child(parent, key);
        List<String> known = known(rule);
        Optional<String> meant = Suggestion.nearest(key, known)
                .or(() -> Suggestion.translated(key).filter(known::contains))
                .map("Did you mean `%s`?"::formatted)
                .or(() -> elsewhere(key, pointer))
                .or(() -> Suggestion.translated(key).flatMap(other -> elsewhere(other, pointer)));
        return problem(
                pointer,
                ErrorCode.KEY_UNKNOWN,
                "`%s` is not known".formatted(key),
                meant.orElse("Known here: " + JsonWords.join(known)));
    }

    private Optional<String> elsewhere(String key, String pointer) {
        String here = pointer.replaceAll("/\\d+(?=/|$)", "/*");
        return keys.placeOf(key).filter(place -> !place.equals(here)).map(place -> {
            boolean ofStage = place.contains("/stages/") || key.equals("duration");
            return ofStage ? "Did you mean a stage's `%s`?".formatted(key) : "`%s` belongs to %s".formatted(key, place);
        });
    }

    private static Problem choice(String pointer, JsonNode rule) {
        String keys = alternatives(rule).stream().collect(Collectors.joining("` and `", "`", "`"));
        return Problem.at(pointer, ErrorCode.VALUE_INVALID, "Exactly one of %s is needed".formatted(keys));
    }

    private static Problem wrongType(String pointer, JsonNode value, JsonNode rule) {
        if (rule.has("x-unit") && value.isNumber()) {
            return Problem.at(
                    pointer,
                    ErrorCode.UNIT_INVALID,
                    "`%s`: %s has no unit".formatted(Pointers.leaf(pointer), value),
                    "Write " + rule.path("title").asString());
        }
        String wanted = rule.has("title") ? rule.path("title").asString() : JsonWords.typeNames(rule.path("type"));
        return Problem.at(
                pointer,
                ErrorCode.VALUE_INVALID,
                "`%s` must be %s, not %s".formatted(Pointers.leaf(pointer), wanted, JsonWords.kind(value)));
    }

    private static Problem wrongText(String pointer, JsonNode value, JsonNode rule) {
        var code = rule.has("x-unit") ? ErrorCode.UNIT_INVALID : ErrorCode.VALUE_INVALID;
        String message = "`%s`: %s is not %s"
                .formatted(Pointers.leaf(pointer), value, rule.path("title").asString("what the format asks for"));
        List<String> examples = rule.has("x-unit") ? List.of() : JsonWords.texts(rule.path("examples"));
        Optional<String> meant = Suggestion.nearest(value.asString(), examples).map("Did you mean \"%s\"?"::formatted);
        String hint = examples.isEmpty() ? null : "One of " + JsonWords.join(examples);
        return problem(pointer, code, message, meant.orElse(hint));
    }

    private static Problem notOneOf(String pointer, JsonNode value, JsonNode rule) {
        List<String> allowed = JsonWords.texts(rule.path("enum"));
        Optional<String> meant = Suggestion.nearest(value.asString(""), allowed).map("Did you mean \"%s\"?"::formatted);
        return Problem.at(
                pointer,
                ErrorCode.VALUE_INVALID,
                "`%s`: %s is not known".formatted(Pointers.leaf(pointer), value),
                meant.orElse(
                        rule.has("title")
                                ? "Write " + rule.path("title").asString()
                                : "One of " + JsonWords.join(allowed)));
    }

    private static String bound(Error error, JsonNode rule) {
        String limit = rule.path(error.getKeyword()).toString();
        String wanted = switch (error.getKeyword()) {
            case "minimum" -> "must be at least " + limit;
            case "maximum" -> "must be at most " + limit;
            case "exclusiveMinimum" -> "must be more than " + limit;
            case "minLength" -> "must not be empty";
            case "maxLength" -> "must not be longer than %s characters".formatted(limit);
            case "minItems", "minProperties" -> "needs at least " + limit;
            case "maxItems", "maxProperties" -> "may have at most " + limit;
            default -> error.getMessage();
        };
        return "`%s` %s".formatted(Pointers.leaf(error.getInstanceLocation().toString()), wanted);
    }

    private static Problem problem(String pointer, ErrorCode code, String message, @Nullable String hint) {
        return new Problem(pointer, code.slug(), message, hint);
    }
}
