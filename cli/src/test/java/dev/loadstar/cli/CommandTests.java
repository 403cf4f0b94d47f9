package dev.loadstar.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

import static dev.loadstar.cli.ScriptedServer.event;
import static org.assertj.core.api.Assertions.assertThat;

/** The commands as a user types them, against a server that speaks the real JSON. */
class CommandTests {

    private static final String RUNS = "/api/v1/projects/default/runs";
    private static final String RUN = RUNS + "/42";

    @TempDir
    private Path folder;

    @TempDir
    private Path data;

    private ScriptedServer server;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        environment.put("LOADSTAR_SERVER", server.url());
        environment.put("LOADSTAR_DATA", data.toString());
        Files.writeString(folder.resolve("loadstar.json"), "{}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"PASSED, 0", "WARNED, 0", "ERRORED, 1", "FAILED, 3", "ABORTED, 4", "INVALID, 5"})
    void exitCodeOfARunIsThatOfItsVerdict(String verdict, int exitCode) {
        aRunThatEndsAs(Samples.verdict(verdict));

        assertThat(loadstar("run", folder.toString())).isEqualTo(exitCode);

        assertThat(stdout()).contains(verdict).contains("report  " + server.url() + "/projects/default/runs/42");
    }

    @Test
    void runShowsWhatWasValidatedAndThenTheVerdict() {
        aRunThatEndsAs(Samples.run());

        loadstar("run", "--git", "https://git.example.org/shop/load.git", "--ref", "main", "--label", "build=417");

        assertThat(stdout())
                .startsWith(
                        "smoke #42 validated    loadstar.json at 9f2c0e6, 1 scenario, 2 executors\n\nPASSED   2 of 2");
        assertThat(server.call("POST").body())
                .isEqualTo("{\"git\":\"https://git.example.org/shop/load.git\",\"labels\":{\"build\":\"417\"},"
                        + "\"path\":\"loadstar.json\",\"ref\":\"main\"}");
    }

    @Test
    void folderIsUploadedAsAZipWithPathAndLabels() {
        aRunThatEndsAs(Samples.run());

        loadstar("run", folder.resolve("loadstar.json").toString(), "--label", "branch=a b");

        var call = server.call("POST");
        assertThat(call.line()).isEqualTo("POST " + RUNS + "?path=loadstar.json&label=branch%3Da+b");
        assertThat(call.type()).isEqualTo("application/zip");
        assertThat(call.body()).startsWith("PK");
    }

    @Test
    void jsonPrintsTheDocumentAsTheServerWroteItAndNothingElse() {
        aRunThatEndsAs(Samples.run().put("addedLater", 1));

        assertThat(loadstar("run", folder.toString(), "--json")).isZero();

        assertThat(Json.mapper().readTree(stdout()))
                .isEqualTo(Json.mapper()
                        .readTree(Samples.run().put("addedLater", 1).toString()));
    }

    @Test
    void refusedRunTellsAllProblemsOnStderr() {
        aRunThatEndsAs(Samples.refused());

        assertThat(loadstar("run", folder.toString())).isEqualTo(2);

        assertThat(stdout()).isEmpty();
        assertThat(stderr())
                .contains("refused  " + folder.resolve("loadstar.json") + " has 2 problems\n")
                .contains("  /scenarios/1/script/file    jmeter/pay.jmx is not in the repository")
                .endsWith("Nothing was started.\n");
    }

    @Test
    void refusedRunAsJsonIsItsDocument() {
        aRunThatEndsAs(Samples.refused());

        assertThat(loadstar("run", folder.toString(), "--json")).isEqualTo(2);

        assertThat(Json.mapper().readTree(stdout()).get("problems").size()).isEqualTo(2);
    }

    @Test
    void brokenStreamIsOpenedAgain() {
        server.on("POST " + RUNS, 202, Samples.status("VALIDATING").toString())
                .onLive("GET " + RUN + "/live", event("status", Samples.status("RUNNING")))
                .onLive("GET " + RUN + "/live", event("tick", Samples.tick()), event("status", Samples.run()))
                .on("GET " + RUN, 200, Samples.run().toString());

        assertThat(loadstar("run", folder.toString())).isZero();

        assertThat(server.calls())
                .filteredOn(call -> call.line().endsWith("/live"))
                .hasSize(2);
    }

    @Test
    void waitingIsGivenUpAfterTheTimeNamed() {
        server.on("POST " + RUNS, 202, Samples.status("QUEUED").toString())
                .onLive("GET " + RUN + "/live")
                .on("GET " + RUN, 200, Samples.status("QUEUED").toString());

        assertThat(loadstar("run", folder.toString(), "--wait-max", "0s")).isEqualTo(6);

        assertThat(stderr()).contains("gave up waiting", "./loadstar show 42");
    }

    @Test
    void notWaitingPrintsNumberAndLink() {
        server.on("POST " + RUNS, 202, Samples.status("VALIDATING").toString());

        assertThat(loadstar("run", folder.toString(), "--no-wait")).isZero();

        assertThat(stdout()).isEqualTo("smoke #42 submitted    " + server.url() + "/projects/default/runs/42\n");
    }

    @Test
    void problemOfTheServerIsOneReadableBlock() {
        server.on("POST " + RUNS, 422, """
                {"type": "urn:loadstar:error:git-not-allowed", "title": "This kind of repository address is not allowed here",
                 "status": 422, "detail": "file: addresses are off", "code": "git-not-allowed", "kind": "USER"}""");

        assertThat(loadstar("run", "--git", "file:///srv/x")).isEqualTo(2);

        assertThat(stderr()).endsWith("""
                loadstar: This kind of repository address is not allowed here
                  file: addresses are off
                  A server of your own reads local repositories when started with ./loadstar up --allow-local-git.
                """);
    }

    @Test
    void answerThatIsNoProblemDocumentSaysSo() {
        server.on("GET " + RUN, 502, "<html>Bad gateway</html>");

        assertThat(loadstar("show", "42")).isEqualTo(1);

        assertThat(stderr()).contains("the server answered with status 502");
    }

    @Test
    void unreachableServerIsNamed() {
        server.close();

        assertThat(loadstar("run", folder.toString())).isEqualTo(1);

        assertThat(stderr()).contains("no Loadstar server answers at " + server.url());
    }

    @Test
    void serverOfThisMachineIsFoundWithItsToken() throws IOException {
        environment.remove("LOADSTAR_SERVER");
        Files.writeString(data.resolve("server.json"), "{\"url\":\"" + server.url() + "\",\"pid\":1}");
        Files.writeString(data.resolve("cli-token"), "s3cret\n");
        server.on("GET " + RUN, 200, Samples.run().toString());

        assertThat(loadstar("show", "42")).isZero();

        assertThat(server.call("GET " + RUN).authorization()).isEqualTo("Bearer s3cret");
    }

    @Test
    void tokenOfTheEnvironmentComesFirst() throws IOException {
        Files.writeString(data.resolve("cli-token"), "s3cret");
        environment.put("LOADSTAR_TOKEN", "mine");
        server.on("GET " + RUN, 200, Samples.run().toString());

        loadstar("show", "default/42", "--json");

        assertThat(server.call("GET " + RUN).authorization()).isEqualTo("Bearer mine");
        assertThat(Json.mapper().readTree(stdout()).get("number").asInt()).isEqualTo(42);
    }

    @Test
    void runOnItsWayIsShownWithItsStatus() {
        server.on("GET " + RUN, 200, Samples.status("RUNNING").toString());

        assertThat(loadstar("show", "42")).isZero();

        assertThat(stdout()).startsWith("smoke #42 RUNNING ");
    }

    @Test
    void stopAsksTheServer() {
        server.on("POST " + RUN + "/stop", 202, Samples.status("RUNNING").toString());

        assertThat(loadstar("stop", "42")).isZero();

        assertThat(stdout()).startsWith("smoke #42 is stopping");
    }

    @Test
    void validTestIsDescribedInOneLine() {
        server.on("POST /api/v1/projects/default/validate", 200, """
                {"valid": true, "warnings": ["hosts.csv is not read"], "plan": {"test": "smoke", "labels": {}, "files": [],
                 "scenarios": [{"name": "browse", "tool": "jmeter", "load": {"model": "closed", "startUsers": 0, "stages": [
                    {"name": "ramp", "duration": "PT10S", "users": 5, "shape": "RAMP", "measure": false},
                    {"name": "hold", "duration": "PT2M", "users": 5, "shape": "HOLD", "measure": true}]}}],
                 "executors": {"count": 2}, "assertions": []}}""");

        assertThat(loadstar("validate", folder.toString())).isZero();

        assertThat(stdout()).isEqualTo("""
                valid    %s: 1 scenario, 2 executors, 2:10 of load, 0 assertions
                  note   hosts.csv is not read
                """.formatted(folder.resolve("loadstar.json")));
    }

    @Test
    void invalidTestIsRefusedWithAllItsProblems() {
        server.on("POST /api/v1/projects/default/validate", 422, """
                {"title": "Refused", "code": "value-invalid", "kind": "USER", "problems": %s}""".formatted(Samples.problems()));

        assertThat(loadstar("validate", folder.toString())).isEqualTo(2);

        assertThat(stderr()).contains("has 2 problems");
    }

    @Test
    void wrongUsageIsRefusedWithAHint() {
        assertThat(loadstar("run")).isEqualTo(2);
        assertThat(loadstar("run", folder.toString(), "--git", "x")).isEqualTo(2);
        assertThat(loadstar("run", folder.toString(), "--ref", "main")).isEqualTo(2);
        assertThat(loadstar("run", "--unknown")).isEqualTo(2);
        assertThat(loadstar("launch")).isEqualTo(2);
        assertThat(loadstar("show", "latest")).isEqualTo(2);

        assertThat(stderr()).contains("./loadstar help run shows how it is used.");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(loadstar()).isZero();
        assertThat(stdout()).contains("  up ", "  run ", "  validate ", "  show ", "  stop ", "  demo ", "  test ");
    }

    private void aRunThatEndsAs(ObjectNode finished) {
        server.on("POST " + RUNS, 202, Samples.status("VALIDATING").toString())
                .onLive(
                        "GET " + RUN + "/live",
                        finished.get("endReason").asString().equals("REFUSED")
                                ? ""
                                : event("status", Samples.status("PROVISIONING")),
                        event("status", finished))
                .on("GET " + RUN, 200, finished.toString());
    }

    private int loadstar(String... arguments) {
        var facts = new PrintStream(out, true, StandardCharsets.UTF_8);
        var screen = new Screen(
                facts, new PrintStream(err, true, StandardCharsets.UTF_8), new Screen.Look(false, false, 120));
        return Main.execute(screen, facts, environment, arguments);
    }

    private String stdout() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String stderr() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
