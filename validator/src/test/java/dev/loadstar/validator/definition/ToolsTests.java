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
import static org.assertj.core.api.Assertions.tuple;

/** Options of tools are held against the schema that lies in each tool's own program. */
class ToolsTests {

    private static final String REQUESTS = "\"requests\": [{\"name\": \"home\", \"path\": \"/\"}]";

    @TempDir
    Path home;

    private Tools tools;

    @BeforeEach
    void install() throws IOException {
        Path plain = Files.createDirectories(home.resolve("executor-plain"));
        Files.writeString(
                plain.resolve("descriptor.json"),
                "{\"models\": [\"CLOSED\", \"OPEN\"], \"capabilities\": [\"PACING\", \"LIVE_USERS\"]}");
        Files.createDirectories(home.resolve("worker"));
        Path jmeter = Files.createDirectories(home.resolve("executor-jmeter"));
        Path dist = Path.of(System.getProperty("basedir"), "../executor-jmeter/src/main/dist");
        for (String file : List.of("options.schema.json", "descriptor.json")) {
            Files.copy(dist.resolve(file), jmeter.resolve(file));
        }
        Path mute = Files.createDirectories(home.resolve("executor-mute"));
        Files.writeString(
                mute.resolve("descriptor.json"), "{\"models\": [\"CLOSED\"], \"capabilities\": [\"REQUESTS\"]}");
        tools = Tools.in(home);
    }

    @Test
    void toolsAreTheExecutorsOfTheProduct() {
        assertThat(tools.names()).containsExactlyInAnyOrder("jmeter", "mute", "plain");
    }

    @Test
    void whatAToolCannotDoIsRefusedByToolAndField() {
        String paced = """
                {"model": "closed", "pacing": "1s", "rateCap": "5/s",
                 "stages": [{"name": "all", "duration": "1s", "users": 1}]}""";

        assertThat(problems("plain", "{}", "\"script\": {\"file\": \"a.jmx\"}", paced))
                .extracting(Problem::pointer, Problem::message)
                .containsExactly(tuple("/scenarios/0/load/rateCap", "`plain` cannot do `rateCap`"));
        assertThat(problems("mute", "{}", "\"script\": {\"file\": \"a.jmx\"}", paced))
                .extracting(Problem::pointer)
                .containsExactly("/scenarios/0/load/pacing", "/scenarios/0/load/rateCap");
        assertThat(problems("mute", "{}", REQUESTS, "{\"rate\": \"5/s\", \"duration\": \"1s\"}"))
                .extracting(Problem::pointer, Problem::message)
                .containsExactly(tuple("/scenarios/0/load/rate", "`mute` cannot do `rate`"));
        assertThat(problems("plain", "{}", REQUESTS, "{\"users\": 1, \"duration\": \"1s\"}"))
                .contains(new Problem(
                        "/scenarios/0/requests",
                        "value-invalid",
                        "`plain` cannot do `requests`",
                        "What can: jmeter, mute"));
    }

    @Test
    void anyToolIsOneThatCanDoAllThatTheScenarioAsksFor() throws IOException {
        String open = "{\"rate\": \"5/s\", \"duration\": \"1s\"}";
        Files.writeString(
                home.resolve("executor-mute/descriptor.json"),
                "{\"models\": [\"OPEN\"], \"capabilities\": [\"REQUESTS\"]}");
        Files.writeString(
                home.resolve("executor-jmeter/descriptor.json"),
                "{\"models\": [\"CLOSED\"], \"capabilities\": [\"REQUESTS\"]}");
        tools = Tools.in(home);

        assertThat(tool("any", open)).isEqualTo("mute");
        assertThat(tool("any", "{\"users\": 5, \"duration\": \"1s\"}")).isEqualTo("jmeter");
        assertThat(problems("any", "{}", REQUESTS, "{\"model\": \"iterations\", \"users\": 1, \"iterations\": 5}"))
                .containsExactly(new Problem(
                        "/scenarios/0/load/model",
                        "value-invalid",
                        "`jmeter` cannot do `model`: \"iterations\"",
                        "No tool that is installed can do all that this scenario asks for"));
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

    private List<Problem> problems(String tool, String options, String work, String load) {
        return read(tool, options, work, load).problems();
    }

    private String tool(String asked, String load) {
        Definition read = read(asked, "{}", REQUESTS, load);
        assertThat(read.problems()).isEmpty();
        return read.scenarios().getFirst().tool();
    }

    private Definition read(String tool, String options) {
        return read(tool, options, "\"script\": {\"file\": \"a.jmx\"}", "{\"users\": 1, \"duration\": \"1s\"}");
    }

    private Definition read(String tool, String options, String work, String load) {
        String text = """
                {
                  "version": "loadstar/v1",
                  "name": "smoke",
                  "target": {"baseUrl": "http://127.0.0.1:8090"},
                  "scenarios": [{
                    "name": "browse", "tool": "%s", %s,
                    "load": %s,
                    "toolOptions": %s
                  }]
                }
                """.formatted(tool, work, load, options);
        return DefinitionReader.read(text.getBytes(StandardCharsets.UTF_8), tools, Overrides.NONE);
    }
}
