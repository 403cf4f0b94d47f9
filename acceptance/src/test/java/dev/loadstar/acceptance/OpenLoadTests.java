package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.Latency;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.demo.Arrival;
import dev.loadstar.demo.DemoTarget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

/** Loads with a schedule through the whole product, several scenarios in one run, and the definitions and projects that people copy. */
class OpenLoadTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration BUILD = Duration.ofMinutes(5);
    private static final String LENIENT = """
            "validity": {"maxStartSkew": "10s", "maxGeneratorCpu": "100%", "minLoadDelivered": "80%"},
            """;

    @TempDir
    private static Path folder;

    private static StandaloneServer server;

    @BeforeAll
    static void startServer() throws IOException {
        Path data = folder.resolve("data");
        // What a build needs, this machine's own Maven has fetched already, or fetches once.
        Files.createSymbolicLink(
                Files.createDirectories(data.resolve("inspect/fetched")).resolve("maven"),
                Path.of(System.getProperty("loadstar.repository")));
        server = StandaloneServer.start(data, "-D", "loadstar.runs.max-parallel=3");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void scenariosOfEachModelAreOneTimelineAndOneVerdict() throws IOException {
        try (var target = DemoTarget.start(0)) {
            RunDocument run = finished(
                    "mixed",
                    target,
                    String.join(
                            ",",
                            scenario("arrive", "", "/", """
                                    {"model": "open", "maxUsers": 50, "stages": [
                                      {"name": "up", "duration": "2s", "rate": "20/s", "shape": "ramp", "measure": false},
                                      {"name": "steady", "duration": "4s", "rate": "20/s"}]}"""),
                            scenario("later", "\"startAfter\": \"3s\",", "/api/products", """
                                    {"rate": "300/m", "duration": "3s"}"""),
                            scenario("paced", "", "/api/cart", """
                                    {"model": "closed", "pacing": "500ms", "stages": [
                                      {"name": "all", "duration": "5s", "users": 4}]}""")),
                    "\"p95 < 5s\", \"arrivals.dropped < 1\", \"load.delivered >= 80%\"");

            assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
            var arrivals = new TreeMap<String, ArrivalResult>();
            for (var stage : run.stages()) {
                var counts = stage.arrivals();
                if (counts != null) {
                    arrivals.put(stage.scenario() + " " + stage.name(), counts);
                }
            }
            assertThat(arrivals).containsOnlyKeys("arrive up", "arrive steady", "later hold");
            assertThat(arrivals.values()).extracting(ArrivalResult::planned).containsExactly(80L, 20L, 15L);
            assertThat(arrivals.values())
                    .allSatisfy(stage -> assertThat(stage.decided()).isEqualTo(stage.planned()));
            assertThat(arrivalsAt(target, "/"))
                    .hasSize((int) (begun(arrivals, "arrive up") + begun(arrivals, "arrive steady")));
            assertThat(arrivalsAt(target, "/api/products")).hasSize((int) begun(arrivals, "later hold"));
            assertThat(first(target, "/api/products") - first(target, "/api/cart"))
                    .isBetween(2_000_000L, 4_500_000L);
            assertThat(arrivalsAt(target, "/api/cart")).hasSizeBetween(30, 44);
            assertThat(run.executors()).hasSize(3);
            double planned = 0;
            for (JsonNode point : timeline(run)) {
                planned += point.path("plannedRate").asDouble(0);
            }
            // Each point has the rate in its middle: at the end, where 25/s stop at once, up to half of that is off.
            assertThat(planned).isBetween(100.0, 130.0);
        }
    }

    @Test
    void scenariosOfBothToolsAreOneTimelineAndOneVerdict() throws IOException {
        try (var target = DemoTarget.start(0)) {
            var files = LoadTest.bothTools(target.port()).files();
            RunDocument run = server.api().awaitFinished(submit("both", files).number(), MINUTE);

            assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
            assertThat(run.executors())
                    .extracting(RunDocument.ExecutorResult::tool)
                    .containsExactly("jmeter", "gatling");
            assertThat(run.labels())
                    .extracting(label -> label.scenario() + ": " + label.label() + " " + label.requests())
                    .containsExactlyInAnyOrder(
                            "plan: home 12",
                            "plan: products 12",
                            "plan: add to cart 12",
                            "plan: shopping 12",
                            "simulation: home 10",
                            "simulation: products 10",
                            "simulation: buy / add to cart 5",
                            "simulation: buy 5");
            assertThat(target.counts())
                    .isEqualTo(Map.of("GET /", 22L, "GET /api/products", 22L, "POST /api/cart", 17L));
            assertThat(summary(run).requests()).isEqualTo(61);
            long seen = 0;
            for (JsonNode point : timeline(run)) {
                seen += point.path("requests").asLong();
            }
            assertThat(seen).isEqualTo(61);
            assertThat(run.assertions())
                    .extracting(RunDocument.AssertionResult::status)
                    .containsOnly(AssertionStatus.PASSED)
                    .hasSize(3);
        }
    }

    @Test
    void mavenProjectIsBuiltOnceAndItsClassesRunOnEveryExecutor() throws IOException {
        try (var target = DemoTarget.start(0)) {
            var files = LoadTest.mavenProject(target.port()).files();
            RunDocument run = server.api().awaitFinished(submit("maven", files).number(), BUILD);

            assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
            assertThat(run.labels()).singleElement().satisfies(label -> {
                assertThat(label.label()).matches("built \\d{17}");
                assertThat(label.requests()).isEqualTo(10);
            });
            assertThat(run.executors())
                    .extracting(RunDocument.ExecutorResult::requests)
                    .containsExactly(5L, 5L);
            assertThat(target.counts()).isEqualTo(Map.of("GET /", 10L));
        }
    }

    /**
     * A target that answers at once, but stands still for F = 1.4 s of the T = 30 s in which λ = 100 iterations begin per
     * second. One that is due at t after the beginning of the standstill is answered at its end, so that its intended
     * latency is F − t: the n slowest of them lie above F − n/λ, and all others far below.
     *
     * <p>Open, with at most M = 120 users: the first M that are due wait, the D = λF − M after them are dropped and rank
     * above all. Of the N = λT arrivals 1 % are above p99: the dropped ones and the slowest of the others. So p99 =
     * F − (N/100 − D)/λ, and p99.9 lies among the dropped. Service latency knows nothing of those: it has N − D samples,
     * and its p99 is F − (N − D)/100λ, which is 0.2 s less.
     *
     * <p>Closed, with λ users that begin once a second, evenly spread by a ramp of 1 s: who was due at t < F − 1 s is due
     * again at t + 1 s while it still waits, begins at once at the end and has waited for F − (t + 1 s) by then. None is
     * left out, so that intended latency is as above with D = 0: p99 = F − N/100λ. Service latency hides the wait of those
     * λ(F − 1 s), which is (F − 1 s)/2 on average, so that its mean is less.
     */
    @Test
    void targetThatStandsStillCannotHideThoseWhoHadToWait() throws Exception {
        try (var openTarget = DemoTarget.start(0);
                var closedTarget = DemoTarget.start(0)) {
            String assertions = "\"p99 < 300ms\", \"p99.9 < 60s\"";
            RunDocument open = submit("frozen", openTarget, scenario("arrive", "", "/", """
                    {"model": "open", "maxUsers": 120, "stages": [
                      {"name": "steady", "duration": "30s", "rate": "100/s"}]}"""), assertions);
            RunDocument closed =
                    submit("frozen-paced", closedTarget, scenario("paced", "", "/", """
                    {"model": "closed", "pacing": "1s", "stages": [
                      {"name": "up", "duration": "1s", "users": 100, "shape": "ramp", "measure": false},
                      {"name": "steady", "duration": "29s", "users": 100}]}"""), "\"p99 < 300ms\"");
            double openSeconds = frozenSeconds(openTarget, 600);
            double closedSeconds = frozenSeconds(closedTarget, 1_500);
            open = server.api().awaitFinished(open.number(), MINUTE);
            closed = server.api().awaitFinished(closed.number(), MINUTE);

            double dropped = 100 * openSeconds - 120;
            assertThat(open.verdict()).as(open.reason()).isEqualTo(Verdict.FAILED);
            assertShows(open, summary(open).intendedLatencyMs(), 1_000 * (openSeconds - (30 - dropped) / 100));
            assertShows(open, summary(open).latencyMs(), 1_000 * (openSeconds - (3_000 - dropped) / 100 / 100));
            assertThat(open.assertions().getFirst().value())
                    .isEqualTo(Objects.requireNonNull(summary(open).intendedLatencyMs())
                            .p99());
            assertThat(open.assertions().getLast().status()).isEqualTo(AssertionStatus.FAILED);
            assertThat(open.assertions().getLast().aboveMax()).isTrue();
            assertThat(Objects.requireNonNull(summary(open).intendedLatencyMs()).isAboveMax(99.9))
                    .isTrue();
            var arrivals = Objects.requireNonNull(summary(open).arrivals());
            assertThat((double) arrivals.dropped()).isCloseTo(dropped, offset(5.0));
            assertThat(arrivals.decided()).isEqualTo(arrivals.planned()).isEqualTo(3_000);
            assertThat(arrivals.begun()).isEqualTo(openTarget.arrivals().size());

            long iterations = summary(closed).requests();
            assertThat(closed.verdict()).as(closed.reason()).isEqualTo(Verdict.FAILED);
            assertThat((double) iterations).isCloseTo(3_000, offset(30.0));
            assertShows(
                    closed, summary(closed).intendedLatencyMs(), 1_000 * (closedSeconds - iterations / 100.0 / 100));
            double hidden = 100 * (closedSeconds - 1) * 1_000 * (closedSeconds - 1) / 2 / iterations;
            assertThat(Objects.requireNonNull(summary(closed).intendedLatencyMs())
                                    .avg()
                            - Objects.requireNonNull(summary(closed).latencyMs())
                                    .avg())
                    .isGreaterThan(0.8 * hidden);
        }
    }

    /** p99 within 5 %, and both latencies side by side on the page and in the terminal. */
    private static void assertShows(RunDocument run, @Nullable Latency latency, double p99Millis) throws Exception {
        assertThat(Objects.requireNonNull(latency).p99()).isCloseTo(p99Millis, withinPercentage(5.0));
        String page = server.api().get("/projects/default/runs/" + run.number()).body();
        String terminal = new Cli(server.data())
                .run(folder, "show", Integer.toString(run.number()))
                .out();
        assertThat(page).contains(">p99<", ">intended p95<", String.format(Locale.ROOT, "p99 %,.0f", latency.p99()));
        assertThat(terminal).contains("p99", "intended p95", String.format(Locale.ROOT, " %,.0f ", latency.p99()));
    }

    /** Stands still for 1.4 s once that many arrivals were there. */
    private static double frozenSeconds(DemoTarget target, int arrivals) {
        await().atMost(MINUTE).until(() -> target.arrivals().size() > arrivals);
        long begin = System.nanoTime();
        target.freeze();
        CompletableFuture.runAsync(target::thaw, CompletableFuture.delayedExecutor(1_400, TimeUnit.MILLISECONDS))
                .join();
        return (System.nanoTime() - begin) / 1e9;
    }

    @Test
    void ruleStopsTheLoadWithinFiveSecondsOfTheWindowThatBrokeIt() throws IOException {
        try (var target = DemoTarget.start(0)) {
            RunDocument submitted = submit("meltdown", target, scenario("arrive", "", "/", """
                    {"rate": "20/s", "duration": "60s"}"""), "\"p99 < 5s\"", """
                    "abort": [{"id": "meltdown", "when": "errors > 50%", "for": "2s"}],""");
            await().atMost(MINUTE).until(() -> target.arrivals().size() > 40);
            target.errorRate(1);
            // However the seconds lie, two of which more than half are errors are over two seconds from now.
            Instant broken = Instant.now().plusSeconds(2);
            RunDocument run = server.api().awaitFinished(submitted.number(), MINUTE);

            assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.FAILED);
            assertThat(run.endReason()).isEqualTo(EndReason.STOPPED_BY_RULE);
            assertThat(run.reason())
                    .startsWith("rule 'meltdown' stopped the run: errors > 50% over 2s, it was ")
                    .endsWith(" %");
            Instant last = Instant.EPOCH.plus(target.arrivals().getLast().micros(), ChronoUnit.MICROS);
            assertThat(Duration.between(broken, last)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void definitionsThatPeopleCopyRunAsTheyStandButShorter() throws IOException {
        Path root = Path.of(System.getProperty("loadstar.root"));
        var definitions = Map.of(
                "short", root.resolve("validator/src/test/resources/dev/loadstar/validator/definition/short.json"),
                "requests", root.resolve("examples/requests/loadstar.json"),
                "arrivals", root.resolve("examples/arrivals/loadstar.json"));
        var targets = new ArrayList<DemoTarget>();
        var runs = new TreeMap<String, RunDocument>();
        try {
            for (var definition : definitions.entrySet()) {
                var target = DemoTarget.start(0);
                targets.add(target);
                String text = Files.readString(definition.getValue())
                        .replace("127.0.0.1:8090\"", "127.0.0.1:%d\", \"shared\": true".formatted(target.port()))
                        .replaceAll("\"(rampUp|duration)\": \"\\d+s\"", "\"$1\": \"2s\"")
                        .replaceAll("\"p95 < \\d+ms", "\"p95 < 5s")
                        .replace("\"executors\":", LENIENT + "\"executors\":");
                String rows = Files.readString(root.resolve("examples/requests/orders.csv"));
                runs.put(
                        definition.getKey(),
                        submit(definition.getKey(), Map.of("loadstar.json", text, "orders.csv", rows)));
            }
            runs.replaceAll((name, run) -> server.api().awaitFinished(run.number(), MINUTE));
        } finally {
            targets.forEach(DemoTarget::close);
        }

        assertThat(runs.values()).allSatisfy(run -> {
            assertThat(run.endReason()).as(run.reason()).isEqualTo(EndReason.COMPLETED);
            assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
            assertThat(run.errors()).isEmpty();
            assertThat(run.executors()).hasSize(2);
        });
        assertThat(targets.stream()
                        .mapToLong(target -> target.arrivals().size())
                        .sum())
                .isEqualTo(runs.values().stream()
                        .mapToLong(run -> summary(run).requests())
                        .sum());
    }

    private static long begun(Map<String, ArrivalResult> arrivals, String stage) {
        return Objects.requireNonNull(arrivals.get(stage)).begun();
    }

    private static List<Arrival> arrivalsAt(DemoTarget target, String path) {
        return target.arrivals().stream()
                .filter(arrival -> arrival.path().equals(path))
                .toList();
    }

    private static long first(DemoTarget target, String path) {
        return arrivalsAt(target, path).stream()
                .mapToLong(Arrival::micros)
                .min()
                .orElseThrow();
    }

    private static JsonNode timeline(RunDocument run) {
        String path = "/api/v1/projects/default/runs/%d/timeline?resolution=1".formatted(run.number());
        return Json.mapper().readTree(server.api().get(path).body());
    }

    /** One whose only request goes to that path of the shop. */
    private static String scenario(String name, String more, String path, String load) {
        String method = path.equals("/api/cart")
                ? "\"method\": \"POST\", \"body\": {\"json\": {\"sku\": \"tea-01\", \"quantity\": 1}}, "
                : "";
        return """
                {
                  "name": "%s", "tool": "any", %s
                  "requests": [{"name": "%s", %s"path": "%s"}],
                  "load": %s
                }""".formatted(name, more, name, method, path, load);
    }

    private static RunDocument finished(String name, DemoTarget target, String scenarios, String assertions)
            throws IOException {
        return server.api()
                .awaitFinished(submit(name, target, scenarios, assertions).number(), MINUTE);
    }

    private static RunDocument submit(String name, DemoTarget target, String scenarios, String assertions)
            throws IOException {
        return submit(name, target, scenarios, assertions, "");
    }

    /** @param more fields, with a comma */
    private static RunDocument submit(String name, DemoTarget target, String scenarios, String assertions, String more)
            throws IOException {
        String definition = """
                {
                  "version": "loadstar/v1",
                  "name": "%s",
                  "target": {"baseUrl": "http://127.0.0.1:%d", "shared": true},
                  "scenarios": [%s],
                  %s
                  "assertions": [%s]
                }
                """.formatted(name, target.port(), scenarios, LENIENT + more, assertions);
        return submit(name, Map.of("loadstar.json", definition));
    }

    private static RunDocument submit(String name, Map<String, String> files) throws IOException {
        return server.api().submit(GitRepository.with(folder.resolve(name), files));
    }

    private static RunDocument.Summary summary(RunDocument run) {
        return Objects.requireNonNull(run.summary(), "the run has no summary: " + run);
    }
}
