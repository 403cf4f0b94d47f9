package dev.loadstar.platform.run;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

import javax.sql.DataSource;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.platform.TestServer;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How long runs are kept, and that none is taken in while there is no room for it. */
class RetentionTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void aRunThatIsOlderThanItsProjectKeepsThemIsForgottenAndANewerOneIsNot() throws Exception {
        var clock = new OffsetClock();
        try (var server = TestServer.start(TestValidating.class, Map.of(), clock, clock::nanoTime)) {
            String project = "/api/v1/projects/short-lived";
            server.post("/api/v1/projects", "{\"key\": \"short-lived\"}");
            assertThat(TestServer.json(server.patch(project, "{\"keepDays\": 30}"))
                            .get("keepDays")
                            .asInt())
                    .isEqualTo(30);
            RunDocument old = finished(server);
            clock.forward(Duration.ofDays(29));
            RunDocument newer = finished(server);

            clock.forward(Duration.ofDays(2));

            await().atMost(LONG)
                    .until(() -> server.get(project + "/runs/" + old.number()).statusCode() == 404);
            assertThat(server.get(project + "/runs/" + newer.number()).statusCode())
                    .isEqualTo(200);
            await().atMost(LONG).until(() -> isForgotten(server, old));
            assertThat(isForgotten(server, newer)).isFalse();
            assertThat(finished(server).number()).isEqualTo(newer.number() + 1);
        }
    }

    private static RunDocument finished(TestServer server) throws InterruptedException {
        Runs runs = server.bean(Runs.class);
        var run = runs.submit(
                "short-lived", new Submission.Git("ok:QUICK", null, "loadstar.json", null, Overrides.NONE), "tester");
        return runs.await("short-lived", run.number(), LONG);
    }

    private static boolean isForgotten(TestServer server, RunDocument run) throws SQLException {
        try (var database = server.bean(DataSource.class).getConnection();
                var query = database.prepareStatement("select forgotten from reporting.run where run_id = ?")) {
            query.setString(1, run.id());
            try (var row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Test
    void aServerWithTooLittleRoomOnItsDiskTakesNoRunAndSaysWhatToDo() {
        try (var server =
                TestServer.start(TestValidating.class, Map.of("loadstar.runs.min-free-disk", "1000000000GB"))) {
            var answer = server.post("/api/v1/projects/default/runs", "{\"git\": \"ok:QUICK\"}");
            var health = server.get("/healthz");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
            assertThat(TestServer.json(answer).get("code").asString()).isEqualTo("no-capacity");
            assertThat(TestServer.json(answer).get("detail").asString())
                    .startsWith("No run is taken in: the disk of " + server.data())
                    .contains("make room there");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(TestServer.json(health).get("detail").asString()).startsWith("No run is taken in");
            assertThat(server.get("/api/v1/projects/default/runs").statusCode())
                    .as("what there is can still be read")
                    .isEqualTo(200);
        }
    }
}
