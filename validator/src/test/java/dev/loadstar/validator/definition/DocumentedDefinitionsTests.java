package dev.loadstar.validator.definition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What README and examples show is what the reader takes. */
class DocumentedDefinitionsTests {

    private static final Path ROOT = Path.of("..");

    @Test
    void readmeShowsAValidDefinition() throws IOException {
        var block = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("README.md")));

        assertThat(block.find()).isTrue();
        assertValid(block.group(1));
    }

    @Test
    void shopExampleIsAValidDefinition() throws IOException {
        assertValid(Files.readString(ROOT.resolve("examples/shop/loadstar.json")));
    }

    @Test
    void gatlingExampleIsAValidDefinition() throws IOException {
        assertValid(Files.readString(ROOT.resolve("examples/gatling/loadstar.json")));
    }

    @Test
    void requestsExampleIsAValidDefinition() throws IOException {
        assertValid(Files.readString(ROOT.resolve("examples/requests/loadstar.json")));
    }

    @Test
    void arrivalsExampleIsAValidDefinition() throws IOException {
        assertValid(Files.readString(ROOT.resolve("examples/arrivals/loadstar.json")));
    }

    private static void assertValid(String json) {
        var definition = DefinitionReader.read(
                json.getBytes(StandardCharsets.UTF_8), Tools.named(Set.of("jmeter", "gatling")), Overrides.NONE);

        assertThat(definition.problems()).isEmpty();
    }
}
