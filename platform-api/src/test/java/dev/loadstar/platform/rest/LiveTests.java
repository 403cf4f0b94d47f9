package dev.loadstar.platform.rest;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.platform.TestServer;
import dev.loadstar.platform.live.Watchers;
import dev.loadstar.platform.run.Runs;
import dev.loadstar.platform.run.TestValidating;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LiveTests {

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

    private static RunDocument submit(String url) {
        return runs.submit("default", new Submission.Git(url, null, "loadstar.json", null, Overrides.NONE), "tester");
    }

    private static CompletableFuture<HttpResponse<Stream<String>>> watch(HttpClient client, RunDocument run) {
        var request = server.request("/api/v1/projects/default/runs/%d/live".formatted(run.number()));
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines());
    }

    @Test
    void aLiveStreamTellsEveryStatusAndTickAndEndsWithTheRun() throws Exception {
        RunDocument run = submit("ok:HOLD");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> runs.document("default", run.number()).status() == RunStatus.RUNNING);
        var lines = CompletableFuture.supplyAsync(
                () -> watch(HttpClient.newHttpClient(), run).join().body().toList());
        var watchers = server.bean(Watchers.class);
        await().atMost(Duration.ofSeconds(20)).until(() -> watchers.watching(run.id()) == 1);

        watchers.ticked(run.id(), "{\"elapsedMs\": 1000}");
        runs.stop("default", run.number(), "ann");

        List<String> told = lines.get(60, TimeUnit.SECONDS);
        assertThat(told).contains("event:status", "event:tick", "data:{\"elapsedMs\": 1000}");
        assertThat(told.stream().filter(line -> line.startsWith("data:")).reduce("", (a, b) -> b))
                .contains("\"status\":\"FINISHED\"");
        assertThat(watchers.watching(run.id())).isZero();
    }

    @Test
    void aFinishedRunsStreamTellsItsEndAtOnce() throws Exception {
        RunDocument run = runs.await("default", submit("refused:").number(), Duration.ofSeconds(30));

        List<String> told = watch(HttpClient.newHttpClient(), run)
                .get(20, TimeUnit.SECONDS)
                .body()
                .toList();

        assertThat(told).filteredOn(line -> line.startsWith("event:")).containsExactly("event:status");
    }

    @Test
    void fiftyPagesThatDoNotReadHoldUpNobody() throws IOException {
        RunDocument run = submit("ok:HOLD");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> runs.document("default", run.number()).status() == RunStatus.RUNNING);
        var watchers = server.bean(Watchers.class);
        var client = HttpClient.newHttpClient();
        for (int page = 0; page < 50; page++) {
            var _ = watch(client, run);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> watchers.watching(run.id()) == 50);
        String large = "{\"text\": \"%s\"}".formatted("x".repeat(100_000));

        long start = System.nanoTime();
        for (int tick = 0; tick < 100; tick++) {
            watchers.ticked(run.id(), large);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        client.shutdownNow();
        watchers.ticked(run.id(), large);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            watchers.ticked(run.id(), large);
            return watchers.watching(run.id()) == 0;
        });
        runs.stop("default", run.number(), "ann");
    }
}
