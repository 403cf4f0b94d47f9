package dev.loadstar.cli;

import dev.loadstar.contract.json.Json;
import org.junit.jupiter.api.Test;

import static dev.loadstar.cli.ScriptedServer.event;
import static org.assertj.core.api.Assertions.assertThat;

class WatchTests extends CommandLineTests {

    @Test
    void watchWithoutATerminalPrintsALinePerStepAndTheReport() {
        server.on("GET " + RUNS, 200, "{\"runs\": [%s]}".formatted(Samples.status("QUEUED")))
                .on("GET " + RUN, 200, Samples.status("QUEUED").toString())
                .on("GET " + RUN, 200, Samples.verdict("FAILED").toString())
                .onLive(
                        "GET " + RUN + "/live",
                        event("status", Samples.status("RUNNING")),
                        event("tick", Samples.tick()),
                        event("status", Samples.verdict("FAILED")));

        assertThat(loadstar("watch")).isEqualTo(3);

        assertThat(stdout()).startsWith("smoke #42 queued\nsmoke #42 running\n\nFAILED   2 of 2");
    }

    @Test
    void watchAsJsonIsADocumentPerLine() {
        server.on("GET " + RUN, 200, Samples.status("RUNNING").toString())
                .on("GET " + RUN, 200, Samples.run().toPrettyString())
                .onLive("GET " + RUN + "/live", event("tick", Samples.tick()), event("status", Samples.run()));

        assertThat(loadstar("watch", "42", "--json")).isZero();

        var documents = stdout().lines().map(Json.mapper()::readTree).toList();
        assertThat(documents).hasSize(3);
        assertThat(documents.get(0).get("status").asString()).isEqualTo("RUNNING");
        assertThat(documents.get(1).get("elapsedMs").asInt()).isEqualTo(5000);
        assertThat(documents.get(2)).isEqualTo(Samples.run());
    }

    @Test
    void watchWithoutARunOnItsWaySaysSo() {
        server.on("GET " + RUNS, 200, "{\"runs\": [%s]}".formatted(Samples.run()));

        assertThat(loadstar("watch")).isEqualTo(2);

        assertThat(stderr()).contains("no run is on its way in project default");
    }

    @Test
    void watchWaitsForAServerThatIsAway() {
        server.on("GET " + RUN, 200, Samples.status("RUNNING").toString())
                .on("GET " + RUN, 503, "")
                .on("GET " + RUN, 200, Samples.run().toString())
                .on("GET " + RUN + "/live", 503, "");

        assertThat(loadstar("watch", "42")).isZero();

        assertThat(stdout())
                .contains("the server does not answer, trying again")
                .containsPattern("the server answers again, after 0:\\d\\d; the run has gone on")
                .contains("PASSED");
    }
}
