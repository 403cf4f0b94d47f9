package dev.loadstar.platform.run;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.platform.TestServer;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LoadChangeTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static TestServer server;
    private static Runs runs;

    @BeforeAll
    static void start() {
        server = TestServer.start(TestValidating.class, Map.of());
        runs = server.bean(Runs.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RunDocument running() {
        var source = new Submission.Git("ok:HOLD", null, "loadstar.json", null, Overrides.NONE);
        RunDocument run = runs.submit("default", source, "tester");
        return await().atMost(LONG)
                .until(() -> runs.document("default", run.number()), now -> now.status() == RunStatus.RUNNING);
    }

    private static HttpResponse<String> change(RunDocument run, String json) {
        return server.patch("/api/v1/projects/default/runs/%d/load".formatted(run.number()), json);
    }

    private static LoadChange answered(RunDocument run, int change) {
        return await().atMost(LONG)
                .until(
                        () -> runs.document("default", run.number())
                                .loadChanges()
                                .get(change),
                        now -> now.status() != LoadChange.Status.ORDERED);
    }

    @Test
    void everyChangeStandsInTheHistoryAndMarksTheRun() throws InterruptedException {
        RunDocument run = running();
        assertThat(run.changed()).isFalse();

        HttpResponse<String> answer = change(run, "{\"users\": 5}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        LoadChange set = answered(run, 0);
        assertThat(change(run, "{\"paused\": true}").statusCode()).isEqualTo(202);
        LoadChange paused = answered(run, 1);

        assertThat(set.status()).isEqualTo(LoadChange.Status.APPLIED);
        assertThat(set.by()).isEqualTo("admin");
        assertThat(set.scenario()).isEqualTo("browse");
        assertThat(set.what()).isEqualTo(new LoadChange.What(5, null, null));
        assertThat(set.stage()).isEqualTo("hold");
        assertThat(set.afterMs()).isEqualTo(1500);
        assertThat(paused.what()).isEqualTo(new LoadChange.What(null, null, true));
        runs.stop("default", run.number(), "ann");
        RunDocument end = runs.await("default", run.number(), LONG);
        assertThat(end.changed()).isTrue();
        assertThat(end.loadChanges()).containsExactly(set, paused);
    }

    @Test
    void changeThatTheWorkerRefusesMarksNothing() throws InterruptedException {
        RunDocument run = running();

        change(run, "{\"users\": 6}");

        assertThat(answered(run, 0).status()).isEqualTo(LoadChange.Status.REFUSED);
        assertThat(answered(run, 0).detail()).isEqualTo("The planned load was over.");
        runs.stop("default", run.number(), "ann");
        assertThat(runs.await("default", run.number(), LONG).changed()).isFalse();
    }

    @Test
    void whatThePlanDoesNotAllowIsRefusedWithItsPlace() throws InterruptedException {
        RunDocument run = running();

        assertRefused(change(run, "{\"rate\": \"5/s\"}"), "/rate", "give 'users'");
        assertRefused(change(run, "{\"rate\": \"5\"}"), "/rate", "such as 100/s");
        assertRefused(change(run, "{\"users\": 1.5}"), "/users", "whole number");
        assertRefused(change(run, "{\"users\": -1}"), "/users", "between 0 and");
        assertRefused(
                change(run, "{\"users\": 8}"), "/users", "up to 8 users, more than the definition's `maxUsers` 7");
        assertRefused(change(run, "{\"paused\": 1}"), "/paused", "true or false");
        assertRefused(change(run, "{\"scenario\": \"sell\", \"users\": 1}"), "/scenario", "there are browse");
        assertRefused(change(run, "{}"), "", "'users', 'rate' or 'paused'");
        assertThat(runs.document("default", run.number()).loadChanges()).isEmpty();
        runs.stop("default", run.number(), "ann");
        runs.await("default", run.number(), LONG);
    }

    private static void assertRefused(HttpResponse<String> answer, String pointer, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        var problem = TestServer.json(answer).get("problems").get(0);
        assertThat(problem.get("pointer").asString()).isEqualTo(pointer);
        assertThat(problem.get("message").asString()).contains(why);
    }

    @Test
    void runThatMakesNoLoadHasNoneToChange() throws InterruptedException {
        var source = new Submission.Git("ok:QUICK", null, "loadstar.json", null, Overrides.NONE);
        RunDocument run = runs.submit("default", source, "tester");
        runs.await("default", run.number(), LONG);

        HttpResponse<String> answer = change(run, "{\"users\": 5}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(TestServer.json(answer).get("code").asString()).isEqualTo("not-running");
    }
}
