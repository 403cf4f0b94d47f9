package dev.loadstar.cli;

import java.io.IOException;
import java.nio.file.Files;

import dev.loadstar.contract.json.Json;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What there is to know of runs. */
class LookingTests extends CommandLineTests {

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
    void serverOfThisMachineIsFoundWithItsToken() throws IOException {
        environment.remove("LOADSTAR_SERVER");
        Files.writeString(data.resolve("server.json"), "{\"url\":\"" + server.url() + "\",\"pid\":1}");
        Files.writeString(data.resolve("cli-token"), "s3cret\n");
        server.on("GET " + RUN, 200, Samples.run().toString());

        assertThat(loadstar("show", "42")).isZero();

        assertThat(server.call("GET " + RUN).authorization()).isEqualTo("Bearer s3cret");
    }

    @Test
    void runOnItsWayIsShownWithItsStatus() {
        server.on("GET " + RUN, 200, Samples.status("RUNNING").toString());

        assertThat(loadstar("show", "42")).isZero();

        assertThat(stdout()).startsWith("smoke #42 running ");
    }

    @Test
    void stopAsksTheServer() {
        server.on("POST " + RUN + "/stop", 202, Samples.status("RUNNING").toString());

        assertThat(loadstar("stop", "42")).isZero();

        assertThat(stdout()).startsWith("smoke #42 is stopping");
    }

    @Test
    void runIsPinnedAndUnpinned() {
        server.on("PUT " + RUN + "/pin", 200, Samples.run().toString());
        server.on("DELETE " + RUN + "/pin", 200, Samples.run().toString());

        assertThat(loadstar("pin", "42")).isZero();
        assertThat(loadstar("pin", "42", "--off")).isZero();

        assertThat(stdout().lines())
                .containsExactly("smoke #42 is a baseline now", "smoke #42 is no baseline any more");
    }

    @Test
    void runsAreListedAsATable() {
        server.on(
                "GET " + RUNS,
                200,
                "{\"runs\": [%s, %s, %s], \"before\": 40}"
                        .formatted(
                                Samples.status("RUNNING").put("number", 43).putNull("summary"),
                                Samples.run(),
                                Samples.refused()));

        assertThat(loadstar("runs", "--test", "smoke", "--verdict", "failed", "--label", "branch=a b", "--limit", "3"))
                .isZero();

        assertThat(server.call("GET " + RUNS).line())
                .isEqualTo("GET " + RUNS + "?limit=3&test=smoke&verdict=FAILED&label=branch%3Da+b");
        assertThat(stdout().lines().map(line -> line.replaceFirst("2026-11-\\d\\d \\d\\d:\\d\\d", "2026-11-20 10:00")))
                .containsExactly(
                        "run   test    outcome   when               duration   req/s   p95 ms   errors",
                        "43    smoke   running   2026-11-20 10:00       0:30       –        –        –",
                        "42    smoke   PASSED    2026-11-20 10:00       0:30   2,041     17.9   0.02 %",
                        "42    smoke   REFUSED   2026-11-20 10:00       0:30   2,041     17.9   0.02 %",
                        "older ones: --before 40");
    }

    @Test
    void unknownVerdictOfAFilterIsRefused() {
        assertThat(loadstar("runs", "--verdict", "green")).isEqualTo(2);

        assertThat(stderr()).contains("One of passed, warned, failed, invalid, errored, aborted.");
    }

    @Test
    void logsOfARunComeWithTheNamesOfTheirProcesses() {
        server.on("GET " + RUN, 200, Samples.run().toString())
                .on("GET " + RUN + "/worker/log", 200, "a\nb\nc")
                .on("GET " + RUN + "/executors/1/log", 200, "d")
                .on("GET " + RUN + "/executors/2/log", 200, "");

        assertThat(loadstar("logs", "42", "--lines", "2")).isZero();

        assertThat(stdout()).isEqualTo("==> worker <==\nb\nc\n\n==> executor 1 <==\nd\n");
    }

    @Test
    void logOfOneProcessIsFollowedUntilTheRunHasFinished() {
        server.on("GET " + RUN, 200, Samples.status("RUNNING").toString())
                .on("GET " + RUN, 200, Samples.run().toString())
                .on("GET " + RUN + "/executors/2/log", 200, "a\nb")
                .on("GET " + RUN + "/executors/2/log", 200, "a\nb\nc\nd");

        assertThat(loadstar("logs", "42", "--executor", "2", "--follow")).isZero();

        assertThat(stdout()).isEqualTo("a\nb\nc\nd\n");
    }
}
