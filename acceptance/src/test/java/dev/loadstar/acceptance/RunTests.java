package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.FailedSample;
import dev.loadstar.contract.run.Latency;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Shown;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.demo.DemoTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.awaitility.Awaitility.await;

/** Real runs, each held against what the target itself counted. */
class RunTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    private static StandaloneServer server;

    private DemoTarget target;

    @BeforeAll
    static void startServer() throws IOException {
        Path mirror = folder.resolve("mirror");
        server = StandaloneServer.start(folder.resolve("data"), "-D", "loadstar.artifacts.mirror=" + mirror.toUri());
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void startTarget() throws IOException {
        target = DemoTarget.start(0);
    }

    @AfterEach
    void stopTarget() {
        target.close();
    }

    @Test
    void reportCountsWhatTheTargetCountedWithTheSameDigitsEverywhere() throws Exception {
        RunDocument run = finished(
                "one", LoadTest.closed(target.port(), 1, 4, "4s", "p95 < 5s", "errors < 1%", "requests >= 10"));

        assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
        assertThat(run.endReason()).isEqualTo(EndReason.COMPLETED);
        assertThat(run.assertions())
                .extracting(RunDocument.AssertionResult::status)
                .containsOnly(AssertionStatus.PASSED)
                .hasSize(3);
        assertCountsEqual(run);
        assertLedgerCloses(run);
        assertSameDigits(run);
    }

    /** What REST answers, as the page and the terminal write it. */
    private static void assertSameDigits(RunDocument run) throws Exception {
        String number = Integer.toString(run.number());
        String page = server.api().get("/projects/default/runs/" + number).body();
        String terminal = new Cli(server.data()).run(folder, "show", number).out();
        assertThat(run.labels()).hasSizeGreaterThan(2).allSatisfy(label -> {
            Latency latency = Objects.requireNonNull(label.latencyMs());
            var digits = List.of(
                    Shown.count(label.requests()),
                    Shown.digits(label.requestsPerSecond()),
                    Shown.percent(label.errorRatio()),
                    Shown.digits(latency.p50()),
                    Shown.digits(latency.p95()),
                    Shown.digits(latency.p99()),
                    Shown.digits(latency.max()));
            assertThat(terminalCells(terminal, label.label())).isEqualTo(digits);
            assertThat(pageCells(page, label.label())).isEqualTo(digits);
        });
    }

    private static List<String> terminalCells(String terminal, String label) {
        String line = terminal.lines()
                .filter(one -> one.strip().startsWith(label + " ") && one.endsWith("ms"))
                .findFirst()
                .orElseThrow();
        return List.of(line.strip().split(" {3,}", -1)).subList(1, 8);
    }

    /** Without the mean, which the terminal has no room for. */
    private static List<String> pageCells(String page, String label) {
        String row = page.substring(page.indexOf("<span>" + label + "</span></th>"));
        var cells = new ArrayList<>(Pattern.compile("<td[^>]*>([^<]*)</td>")
                .matcher(row.substring(0, row.indexOf("</tr>")))
                .results()
                .map(cell -> cell.group(1))
                .toList());
        cells.remove(3);
        return cells;
    }

    @Test
    void twoExecutorsShareTheUsersAndAddUp() throws IOException {
        RunDocument run = finished(
                "two", LoadTest.closed(target.port(), 2, 5, "4s", "errors < 1%", "p99 of 'add to cart' <= 5s in hold"));

        assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
        assertThat(run.executors()).hasSize(2).allSatisfy(executor -> {
            assertThat(executor.status()).isEqualTo(ExecutorStatus.FINISHED);
            assertThat(executor.exitCode()).isZero();
            assertThat(executor.requests()).isPositive();
        });
        assertThat(run.executors().stream()
                        .mapToLong(RunDocument.ExecutorResult::requests)
                        .sum())
                .isEqualTo(summary(run).requests());
        assertCountsEqual(run);
        assertLedgerCloses(run);
    }

    @Test
    void scriptKeepsItsOwnLoadAndSplitsItOverExecutors() throws IOException {
        RunDocument run = finished("script", LoadTest.fromScript(target.port(), 2, 5));

        assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
        assertThat(perLabel(run)).isEqualTo(Map.of("home", 20L, "products", 20L, "add to cart", 20L));
        assertCountsEqual(run);
    }

    @ParameterizedTest
    @CsvSource({"any, jmeter", "gatling, gatling"})
    void requestsWithoutAScriptAreSentExactlyAsOftenAsTheyWereAskedFor(String asked, String tool) throws IOException {
        LoadTest test = LoadTest.requests(target.port(), 24)
                .replacing("loadstar.json", "\"tool\": \"any\"", "\"tool\": \"%s\"".formatted(asked));
        RunDocument run = finished("requests-" + asked, test);

        assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
        assertThat(run.executors()).extracting(RunDocument.ExecutorResult::tool).containsExactly(tool, tool);
        assertThat(run.errors()).isEmpty();
        assertThat(perLabel(run)).isEqualTo(Map.of("home", 24L, "products", 24L, "add to cart", 24L));
        assertCountsEqual(run);
    }

    @Test
    void gatlingSimulationIsBuiltAndObeysTheSchedule() throws IOException {
        RunDocument run = finished("gatling", LoadTest.gatling(target.port()));

        assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
        assertThat(perLabel(run)).isEqualTo(Map.of("home", 10L, "products", 10L, "buy / add to cart", 5L));
        assertThat(target.arrivals()).hasSize(25);
        assertThat(run.labels())
                .filteredOn(label -> label.kind().equals("transaction"))
                .singleElement()
                .satisfies(label -> assertThat(label.label() + label.requests()).isEqualTo("buy5"));
        assertLedgerCloses(run);
    }

    @Test
    void samplesFailuresAndResultFileAreJMetersOwn() throws IOException {
        RunDocument run = finished("transaction", LoadTest.withParentTransactionAndFailures(target.port()));

        assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
        assertThat(summary(run).requests()).isEqualTo(36);
        assertThat(perLabel(run)).isEqualTo(Map.of("home", 12L, "products", 12L, "add to cart", 12L));
        assertThat(run.labels())
                .filteredOn(label -> label.kind().equals("transaction"))
                .singleElement()
                .satisfies(label -> assertThat(label.label() + label.requests()).isEqualTo("shopping12"));
        assertFailuresShowWhatWentOverTheWire(run);
        String file =
                server.api().get(path(run, "/artifacts/executor-1-results.jtl")).body();
        assertThat(file.lines().skip(1).collect(groupingBy(row -> row.split(",", -1)[2], counting())))
                .isEqualTo(Map.of("home", 12L, "products", 12L, "add to cart", 12L, "shopping", 12L));
        for (String name : List.of("executor-1-..", "executor-2-results.jtl", "job.json", "executor-1-launch.args")) {
            assertThat(server.api().get(path(run, "/artifacts/" + name)).statusCode())
                    .as(name)
                    .isEqualTo(404);
        }
    }

    private static void assertFailuresShowWhatWentOverTheWire(RunDocument run) {
        var failures = Json.read(server.api().get(path(run, "/failures")).body(), FailedSample[].class);
        assertThat(failures).hasSize(5).allSatisfy(failure -> {
            assertThat(failure.label()).isEqualTo("home");
            assertThat(failure.kind()).isEqualTo("http.404");
            assertThat(failure.request().head()).contains("GET ", "/nowhere", "Authorization: ***");
            assertThat(failure.response().head()).startsWith("HTTP/1.1 404");
            assertThat(failure.toString()).doesNotContain("hush");
        });
    }

    private static String path(RunDocument run, String below) {
        return "/api/v1/projects/default/runs/" + run.number() + below;
    }

    @Test
    void commandLineWritesPlansRunsAndListsATest() throws Exception {
        Path place = folder.resolve("first");
        GitRepository.write(
                place,
                LoadTest.closed(target.port(), 1, 1, "1s")
                        .without("loadstar.json")
                        .files());
        var cli = new Cli(server.data());

        var init =
                cli.run(place, "init", "--jmx", "jmeter/browse.jmx", "--target", "http://127.0.0.1:" + target.port());
        assertThat(init.exitCode()).as(init.err()).isZero();
        Path definition = place.resolve("loadstar.json");
        Files.writeString(
                definition,
                Files.readString(definition)
                        .replaceFirst("\"load\": .*", "\"load\": {\"users\": 3, \"duration\": \"2s\"}")
                        .replaceFirst(
                                "\"assertions\": .*",
                                "\"validity\": {\"maxStartSkew\": \"10s\", "
                                        + "\"maxGeneratorCpu\": \"100%\", \"minLoadDelivered\": \"50%\"}"));

        var plan = cli.run(place, "plan", ".");
        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("script   jmeter").containsPattern("in all +3");

        var run = cli.run(place, "run", ".", "--label", "build=417");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("PASSED");

        var runs = cli.run(place, "runs", "--label", "build=417", "--json");
        int number = Json.mapper().readTree(runs.out()).at("/runs/0/number").asInt();
        assertThat(cli.run(place, "runs").out()).containsPattern("(?m)^" + number + " +first +PASSED ");
        assertThat(cli.run(place, "watch", Integer.toString(number)).exitCode()).isZero();
        assertThat(cli.run(place, "logs", Integer.toString(number), "--executor", "1")
                        .out())
                .isNotBlank();
        assertThat(cli.run(place, "stop", Integer.toString(number)).exitCode()).isEqualTo(2);
    }

    @Test
    void assertionThatDoesNotHoldFailsTheRun() throws IOException {
        RunDocument run = finished("fails", LoadTest.closed(target.port(), 1, 2, "3s", "p50 < 1ms"));

        assertThat(run.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(run.reason()).isEqualTo("1 of 1 assertion does not hold");
    }

    @Test
    void assertionOnALabelThatWasNeverSeenIsInvalid() throws IOException {
        RunDocument run = finished("mistyped", LoadTest.closed(target.port(), 1, 2, "3s", "p95 of 'prodcuts' < 5s"));

        assertThat(run.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(run.assertions()).singleElement().satisfies(assertion -> {
            assertThat(assertion.status()).isEqualTo(AssertionStatus.INVALID);
            assertThat(assertion.value()).isNull();
            assertThat(assertion.detail()).contains("products");
        });
    }

    @Test
    void stopEndsTheLoadWithinTwoSecondsAndAbortsTheRun() throws IOException {
        RunDocument run = submit("stop", LoadTest.closed(target.port(), 2, 4, "60s"));
        server.api().await(run.number(), MINUTE, now -> now.status() == RunStatus.RUNNING);
        await().atMost(MINUTE).until(() -> target.arrivals().size() > 50);

        long stopped = System.currentTimeMillis();
        assertThat(server.api().stop(run.number()).statusCode()).isEqualTo(202);
        assertThat(server.api().stop(run.number()).statusCode()).isIn(202, 409);
        RunDocument ended = server.api().awaitFinished(run.number(), MINUTE);

        assertThat(ended.endReason()).isEqualTo(EndReason.STOPPED_BY_USER);
        assertThat(ended.verdict()).isEqualTo(Verdict.ABORTED);
        assertThat(target.arrivals())
                .allSatisfy(arrival -> assertThat(arrival.micros() / 1000).isLessThan(stopped + 2000));
        assertCountsEqual(ended);
        await("no process is left")
                .atMost(MINUTE)
                .until(() -> server.jobProcesses().isEmpty());
    }

    @Test
    void secondRunOnTheSameHostWaitsAndIsWhatWasGivenAtSubmission() throws IOException {
        GitRepository repository = GitRepository.with(
                folder.resolve("turns"),
                LoadTest.closed(target.port(), 1, 2, "60s").files());
        RunDocument first = server.api().submit(repository);
        server.api().await(first.number(), MINUTE, now -> now.times().provisioned() != null);
        LoadTest test = LoadTest.closed(target.port(), 1, 2, "2s")
                .replacing("loadstar.json", "\"name\": \"browse\"", "\"name\": \"pasted\"");
        RunDocument second = server.api()
                .submit(Map.of(
                        "git",
                        repository.url(),
                        "definition",
                        Json.mapper().readTree(test.files().get("loadstar.json")),
                        "target",
                        "http://127.0.0.1:%d/".formatted(target.port()),
                        "labels",
                        Map.of("build", "718")));

        RunDocument waiting = server.api().await(second.number(), MINUTE, now -> now.reason() != null);
        assertThat(waiting.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(waiting.reason()).isEqualTo("waits for run %d, which loads localhost".formatted(first.number()));
        server.api().stop(first.number());
        RunDocument ended = server.api().awaitFinished(second.number(), MINUTE);

        assertThat(ended.times().provisioned())
                .isAfter(server.api().run(first.number()).times().loadEnded());
        assertThat(ended.endReason()).as(ended.reason()).isEqualTo(EndReason.COMPLETED);
        assertThat(ended.test()).isEqualTo("pasted");
        assertThat(ended.runLabels()).isEqualTo(Map.of("build", "718"));
        assertThat(ended.target()).endsWith(target.port() + "/");
        assertThat(ended.warnings()).anyMatch(warning -> warning.contains("given at submission"));
    }

    @Test
    void killedExecutorIsNamedAndItsUnknownSamplesAreBounded() throws IOException {
        RunDocument run = submit("killed", LoadTest.closed(target.port(), 2, 4, "8s"));
        await().atMost(MINUTE).until(() -> target.arrivals().size() > 100);
        server.jobProcesses().stream()
                .filter(process -> process.info()
                        .commandLine()
                        .orElse("")
                        .matches(".*ExecutorMain.*--executor 2.*|.*executor-jmeter.*--executor 2.*"))
                .forEach(ProcessHandle::destroyForcibly);

        RunDocument ended = server.api().awaitFinished(run.number(), MINUTE);

        assertThat(ended.executors())
                .filteredOn(executor -> executor.number() == 2)
                .singleElement()
                .satisfies(executor -> assertThat(executor.status()).isEqualTo(ExecutorStatus.LOST));
        assertThat(ended.verdict()).as(ended.reason()).isEqualTo(Verdict.INVALID);
        RunDocument.Ledger ledger = ledger(ended);
        assertThat(ledger.produced()).isEqualTo(ledger.stored() + ledger.declaredLost() + ledger.unknown());
        assertThat((long) target.arrivals().size() - ledger.stored()).isBetween(0L, 1000L);
    }

    /** The executor's own Kafka client and protobuf are others, and carry the measurement beside these. */
    @Test
    void scriptUsesAnOldKafkaClientFromTheMirrorAndAnOldProtobufFromTheRepository() throws IOException {
        Path jars = Path.of(System.getProperty("loadstar.root"), "acceptance/target/jars");
        ArtifactMirror.publish(
                folder.resolve("mirror"),
                "org.apache.kafka",
                "kafka-clients",
                "2.0.0",
                jars.resolve("kafka-clients.jar"));
        Path lib = Files.createDirectories(folder.resolve("old/lib"));
        Files.copy(jars.resolve("protobuf-java.jar"), lib.resolve("protobuf-java.jar"));
        LoadTest test = LoadTest.closed(target.port(), 1, 2, "4s", "errors < 1%", "requests of 'old libraries' >= 1")
                .replacing("loadstar.json", "\"load\":", """
                        "toolOptions": {"jmeter": {"plugins": ["org.apache.kafka:kafka-clients:2.0.0"]}}, "load":""")
                .replacing("jmeter/browse.jmx", "<TransactionController ", """
                        <JSR223Sampler guiclass="TestBeanGUI" testclass="JSR223Sampler" testname="old libraries">
                          <stringProp name="scriptLanguage">groovy</stringProp>
                          <stringProp name="cacheKey">true</stringProp>
                          <stringProp name="script">
                            Class.forName('com.google.protobuf.LiteralByteString')
                            def kafka = new org.apache.kafka.clients.producer.KafkaProducer(
                                ['bootstrap.servers': '127.0.0.1:9'],
                                new org.apache.kafka.common.serialization.StringSerializer(),
                                new org.apache.kafka.common.serialization.StringSerializer())
                            kafka.close(0, java.util.concurrent.TimeUnit.SECONDS)
                          </stringProp>
                        </JSR223Sampler>
                        <hashTree/>
                        <TransactionController\s""");

        RunDocument run = finished("old", test);

        assertThat(run.verdict()).as(run.reason()).isEqualTo(Verdict.PASSED);
        assertLedgerCloses(run);
    }

    private RunDocument submit(String name, LoadTest test) throws IOException {
        return server.api().submit(GitRepository.with(folder.resolve(name), test.files()));
    }

    private RunDocument finished(String name, LoadTest test) throws IOException {
        return server.api().awaitFinished(submit(name, test).number(), MINUTE);
    }

    private void assertCountsEqual(RunDocument run) {
        assertThat(perLabel(run))
                .as("per label, report against the target's own log")
                .isEqualTo(Counts.perLabel(target));
        assertThat(summary(run).requests()).isEqualTo(target.arrivals().size());
    }

    private static void assertLedgerCloses(RunDocument run) {
        long requests = summary(run).requests();
        assertThat(ledger(run)).isEqualTo(new RunDocument.Ledger(requests, requests, 0, 0));
        assertThat(summary(run).loadDelivered()).isNotNull().isCloseTo(1.0, offset(0.1));
    }

    private static Map<String, Long> perLabel(RunDocument run) {
        return Counts.perLabel(run);
    }

    private static RunDocument.Summary summary(RunDocument run) {
        return Objects.requireNonNull(run.summary(), "the run has no summary: " + run);
    }

    private static RunDocument.Ledger ledger(RunDocument run) {
        return Objects.requireNonNull(run.ledger(), "the run has no ledger: " + run);
    }
}
