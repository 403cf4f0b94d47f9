package dev.loadstar.contract.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.loadstar.contract.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class DefinitionSchemaTests {

    private static final JsonNode SCHEMA = Json.mapper().readTree(DefinitionSchema.text());

    @Test
    void schemaIsOfTheNewestDialectUnderItsPublishedName() {
        assertThat(SCHEMA.path("$schema").asString()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(SCHEMA.path("$id").asString()).isEqualTo(DefinitionSchema.ID);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(SCHEMA.findValues("$ref"))
                .filteredOn(JsonNode::isString)
                .isNotEmpty()
                .allSatisfy(
                        ref -> assertThat(SCHEMA.at(ref.asString().substring(1)).isObject())
                                .as(ref.asString())
                                .isTrue());
    }

    @Test
    void everyObjectRefusesKeysThatItDoesNotKnow() {
        assertThat(objects(SCHEMA))
                .filteredOn(object -> !object.has("allOf"))
                .allSatisfy(
                        object -> assertThat(object.path("additionalProperties").isMissingNode())
                                .as(object.toString())
                                .isFalse());
    }

    @Test
    void everyFieldIsDescribedAndSaysItsDefault() {
        var silent = new ArrayList<String>();
        for (JsonNode object : objects(SCHEMA)) {
            Set<String> needed = needed(object);
            object.path("properties").properties().stream()
                    .filter(field -> field.getValue().isObject())
                    .filter(field -> !says(field.getValue(), needed.contains(field.getKey())))
                    .forEach(field -> silent.add(
                            field.getKey() + " of " + object.path("properties").propertyNames()));
        }
        assertThat(silent).isEmpty();
    }

    private static boolean says(JsonNode field, boolean needed) {
        JsonNode target =
                field.has("$ref") ? SCHEMA.at(field.path("$ref").asString().substring(1)) : field;
        String description = field.path("description").asString("")
                + target.path("description").asString("");
        boolean defaulted = field.has("default") || target.has("default") || description.contains("By default");
        return !description.isEmpty() && (needed || defaulted);
    }

    /** Fields that must be there, or of which exactly one must. */
    private static Set<String> needed(JsonNode object) {
        Set<String> needed = new HashSet<>();
        object.path("required").forEach(key -> needed.add(key.asString()));
        object.path("oneOf")
                .forEach(option -> needed.add(option.path("required").path(0).asString()));
        if (object.has("maxProperties")) {
            needed.addAll(object.path("properties").propertyNames());
        }
        return needed;
    }

    /** Every subschema with properties, those of conditions apart. */
    private static List<JsonNode> objects(JsonNode schema) {
        var found = new ArrayList<JsonNode>();
        if (schema.path("properties").isObject()
                && schema.path("type").asString("").equals("object")) {
            found.add(schema);
        }
        schema.forEach(child -> found.addAll(objects(child)));
        return found;
    }
}
