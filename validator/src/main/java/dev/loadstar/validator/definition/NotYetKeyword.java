package dev.loadstar.validator.definition;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/**
 * The schema's {@code x-notYet}: a field (true) or some of its values (a list) that the format knows and this version
 * does not obey. A value that equals the field's default asks for nothing and passes.
 */
final class NotYetKeyword implements Keyword {

    static final String NAME = "x-notYet";

    @Override
    public String getValue() {
        return NAME;
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode schemaNode, Schema parent, SchemaContext context) {
        return new BaseKeywordValidator(this, schemaNode, location, parent, context) {
            @Override
            public void validate(ExecutionContext execution, JsonNode node, JsonNode root, NodePath place) {
                if (refused(node, schemaNode, parent.getSchemaNode().path("default"))) {
                    execution.addError(error().message("not supported yet")
                            .instanceNode(node)
                            .instanceLocation(place)
                            .evaluationPath(execution.getEvaluationPath())
                            .build());
                }
            }
        };
    }

    private static boolean refused(JsonNode value, JsonNode notYet, JsonNode byDefault) {
        if (value.equals(byDefault)) {
            return false;
        }
        return notYet.isBoolean() ? notYet.booleanValue() : notYet.valueStream().anyMatch(value::equals);
    }
}
