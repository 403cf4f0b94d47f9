package dev.loadstar.contract.run;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;

import dev.loadstar.contract.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class RunDocumentTests {

    /** The published example: its fields must be written as it has them; ours may be more. */
    @Test
    void publishedExampleIsReadAndWrittenWithTheSameNamesAndValues() throws IOException {
        JsonNode example;
        try (InputStream json = RunDocumentTests.class.getResourceAsStream("run.json")) {
            example = Json.mapper().readTree(Objects.requireNonNull(json));
        }

        JsonNode written = Json.mapper().valueToTree(Json.mapper().treeToValue(example, RunDocument.class));

        assertContains(written, example, "");
    }

    private static void assertContains(JsonNode written, JsonNode expected, String pointer) {
        assertThat(written).as(pointer).isNotNull();
        if (expected.isObject()) {
            expected.properties()
                    .forEach(field -> assertContains(
                            written.get(field.getKey()), field.getValue(), pointer + "/" + field.getKey()));
        } else if (expected.isArray()) {
            assertThat(written.size()).as(pointer).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertContains(written.get(i), expected.get(i), pointer + "/" + i);
            }
        } else if (expected.isNumber()) {
            assertThat(written.asDouble()).as(pointer).isEqualTo(expected.asDouble());
        } else if (pointer.startsWith("/times/")) {
            assertThat(Instant.parse(written.asString())).as(pointer).isEqualTo(expected.asString());
        } else {
            assertThat(written).as(pointer).isEqualTo(expected);
        }
    }
}
