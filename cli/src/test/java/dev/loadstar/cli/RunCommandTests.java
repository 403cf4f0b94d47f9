package dev.loadstar.cli;

import dev.loadstar.contract.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

import static dev.loadstar.cli.ScriptedServer.event;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code run}: what is handed in, what is told, and how it ends. */
class RunCommandTests extends CommandLineTests {

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
    void verdictOfTheRunThatRepeatsAnInvalidOneCounts() {
        String again = RUN.replace("42", "43");
        var invalid = Samples.verdict("INVALID").put("retriedBy", 43);
        var repeated = Samples.verdict("PASSED").put("number", 43).put("retryOf", 42);
        aRunThatEndsAs(invalid);
        server.on("GET " + again, 200, repeated.toString()).onLive("GET " + again + "/live", event("status", repeated));

        assertThat(loadstar("run", folder.toString())).isZero();

        assertThat(stdout())
                .contains("INVALID", "It was started once more as run 43.")
                .contains("PASSED", "It repeats run 42, which was INVALID.");
        assertThat(loadstar("run", folder.toString(), "--json")).isZero();
    }

    @Test
    void waitingIsGivenUpAfterTheTimeNamed() {
        server.on("POST " + RUNS, 202, Samples.status("QUEUED").toString())
                .onLive("GET " + RUN + "/live")
                .on("GET " + RUN, 200, Samples.status("QUEUED").toString());

        assertThat(loadstar("run", folder.toString(), "--wait-max", "0s")).isEqualTo(6);

        assertThat(stderr()).contains("gave up waiting", "./loadstar watch 42");
    }

    @Test
    void notWaitingPrintsNumberAndLink() {
        server.on("POST " + RUNS, 202, Samples.status("VALIDATING").toString());

        assertThat(loadstar("run", folder.toString(), "--no-wait")).isZero();

        assertThat(stdout()).isEqualTo("smoke #42 submitted    " + server.url() + "/projects/default/runs/42\n");
    }

    @Test
    void overridesOfThisRunTravelWithIt() {
        aRunThatEndsAs(Samples.run());

        loadstar(
                "run",
                folder.toString(),
                "--target",
                "https://x.example.org",
                "--var",
                "CURRENCY=EUR",
                "--var",
                "N=a=b");

        assertThat(server.call("POST").line())
                .endsWith("?path=loadstar.json&target=https%3A%2F%2Fx.example.org&var=CURRENCY%3DEUR&var=N%3Da%3Db");
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
}
