package dev.loadstar.validator.definition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.loadstar.contract.problem.Problem;
import dev.loadstar.validator.artifact.ArtifactRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Options of tools are held against the schema that lies in each tool's own program. */
class ToolsTests {

    @TempDir
    Path home;

    private Tools tools;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(home.resolve("executor-plain"));
        Files.createDirectories(home.resolve("worker"));
        Path jmeter = Files.createDirectories(home.resolve("executor-jmeter"));
        Files.copy(
                Path.of(System.getProperty("basedir"), "../executor-jmeter/src/main/dist/options.schema.json"),
                jmeter.resolve("options.schema.json"));
        tools = Tools.in(home);
    }

    @Test
    void toolsAreTheExecutorsOfTheProduct() {
        assertThat(tools.names()).containsExactlyInAnyOrder("jmeter", "plain");
    }

    @Test
    void librariesAreWhatTheSchemaMarksAsCoordinates() {
        Definition definition = read("jmeter", "{\"jmeter\": {\"plugins\": [\"org.example:one:1.0\"]}}");

        assertThat(definition.problems()).isEmpty();
        assertThat(definition.scenarios().getFirst().artifacts())
                .containsExactly(new ArtifactRequest(
                        List.of("org.example:one:1.0"),
                        "/scenarios/0/toolOptions/jmeter/plugins",
                        List.of("org.apache.jmeter:*")));
    }

    @Test
    void whatTheSchemaDoesNotKnowIsRefusedInItsPlace() {
        assertThat(problems("jmeter", "{\"jmeter\": {\"plugin\": []}}"))
                .containsExactly(new Problem(
                        "/scenarios/0/toolOptions/jmeter/plugin",
                        "key-unknown",
                        "`plugin` is not known",
                        "Did you mean `plugins`?"));
        assertThat(problems("jmeter", "{\"jmeeter\": {}}"))
                .containsExactly(new Problem(
                        "/scenarios/0/toolOptions/jmeeter",
                        "key-unknown",
                        "`jmeeter` is not known",
                        "Did you mean `jmeter`?"));
        assertThat(problems("plain", "{\"plain\": {\"any\": 1}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("key-unknown"));
    }

    @Test
    void optionsOfAnotherToolAreRefused() {
        assertThat(problems("plain", "{\"jmeter\": {\"plugins\": []}}"))
                .containsExactly(new Problem(
                        "/scenarios/0/toolOptions/jmeter",
                        "value-invalid",
                        "`jmeter` is not the tool of this scenario",
                        null));
    }

    @Test
    void coordinateNeedsAFixedVersion() {
        for (String wrong :
                List.of("org.example:one", "a:b:LATEST", "a:b:1-SNAPSHOT", "a:b:[1,2)", "a:b:../../etc/x")) {
            assertThat(problems("jmeter", "{\"jmeter\": {\"plugins\": [\"a:b:1\", \"%s\"]}}".formatted(wrong)))
                    .as(wrong)
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.pointer()).isEqualTo("/scenarios/0/toolOptions/jmeter/plugins/1");
                        assertThat(problem.message()).contains("is not a Maven coordinate");
                    });
        }
    }

    private List<Problem> problems(String tool, String options) {
        return read(tool, options).problems();
    }

    private Definition read(String tool, String options) {
        String text = """
                {
                  "version": "loadstar/v1",
                  "name": "smoke",
                  "target": {"baseUrl": "http://127.0.0.1:8090"},
                  "scenarios": [{
                    "name": "browse", "tool": "%s", "script": {"file": "a.jmx"},
                    "load": {"users": 1, "duration": "1s"},
                    "toolOptions": %s
                  }]
                }
                """.formatted(tool, options);
        return DefinitionReader.read(text.getBytes(StandardCharsets.UTF_8), tools, Overrides.NONE);
    }
}
