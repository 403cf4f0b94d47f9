package dev.loadstar.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.demo.DemoTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a target's Prometheus tells, through the whole product, where one is installed. */
@EnabledIf("isInstalled")
class TargetMetricsTests {

    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    static boolean isInstalled() {
        return Files.isExecutable(PROMETHEUS);
    }

    @Test
    void targetMetricsAreJudgedBesideWhatWasMeasuredAndAPrometheusThatIsAwayIsNoGreenOne() throws Exception {
        int port = freePort();
        int nobody = freePort();
        Process prometheus = startPrometheus(port);
        try (var server = StandaloneServer.start(
                        folder.resolve("data"),
                        "-D",
                        "loadstar.prometheus.own.url=http://127.0.0.1:" + port,
                        "-D",
                        "loadstar.prometheus.away.url=http://127.0.0.1:" + nobody);
                var target = DemoTarget.start(0)) {
            await("it watches itself")
                    .atMost(MINUTE)
                    .until(() -> get(port, "/api/v1/query?query=up").contains("\"1\""));
            LoadTest test = LoadTest.closed(
                            target.port(),
                            1,
                            2,
                            "4s",
                            "min prometheus.up >= 1",
                            "max prometheus.gone < 1000",
                            "errors < 1%")
                    .replacing("loadstar.json", "\"target\":", """
                            "monitoring": {"prometheus": [
                              {"name": "staging", "server": "own", "queries": [
                                {"id": "up", "promql": "min(up)", "step": "1s"}]},
                              {"name": "production", "server": "away", "queries": [
                                {"id": "gone", "promql": "up", "step": "1s"}]}]}, "target":""");
            RunDocument submitted = server.api().submit(GitRepository.with(folder.resolve("repository"), test.files()));
            RunDocument run = server.api().awaitFinished(submitted.number(), MINUTE);

            assertThat(run.assertions())
                    .extracting(AssertionResult::status)
                    .containsExactly(AssertionStatus.PASSED, AssertionStatus.INVALID, AssertionStatus.PASSED);
            assertThat(run.assertions().getFirst().value()).isEqualTo(1);
            assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.INVALID);
            assertThat(run.reason()).contains("prometheus.gone").contains("Prometheus `away` did not answer");
            var series = Json.mapper()
                    .readTree(server.api()
                            .get("/api/v1/projects/default/runs/%d/target".formatted(run.number()))
                            .body());
            long began = Objects.requireNonNull(run.times().loadStarted()).getEpochSecond();
            assertThat(series.path(0).path("values").size()).isBetween(4, 8);
            assertThat(series.path(0).path("values").path(0).path("second").asString())
                    .isEqualTo(Instant.ofEpochSecond(began + 1).toString());
            assertThat(server.api()
                            .get("/projects/default/runs/" + run.number())
                            .body())
                    .contains("data-chart=\"target up\"", "data-problem=\"gone\"");
        } finally {
            prometheus.destroyForcibly().waitFor();
        }
    }

    private Process startPrometheus(int port) throws IOException {
        Path settings = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s}
                scrape_configs: [{job_name: self, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
                """.formatted(port));
        return new ProcessBuilder(
                        PROMETHEUS.toString(),
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    private static String get(int port, String path) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
