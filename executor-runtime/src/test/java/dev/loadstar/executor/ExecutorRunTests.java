package dev.loadstar.executor;

import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.wire.ExecutorEnd;
import dev.loadstar.contract.wire.FromExecutor.KindCase;
import dev.loadstar.contract.wire.Points;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.SeriesPoint;
import dev.loadstar.contract.wire.ToExecutor;
import dev.loadstar.contract.wire.Topics;
import dev.loadstar.executor.control.WorkerAddress;
import dev.loadstar.executor.secret.MaskedOutput;
import dev.loadstar.executor.secret.SecretMask;
import dev.loadstar.executor.tool.LoadTool;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole executor against a worker over gRPC, a web server and a real broker. */
class ExecutorRunTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RunKey KEY = RunKey.derive("master".getBytes(StandardCharsets.UTF_8), "run");

    @TempDir
    private static Path folder;

    private static TestKafka kafka;

    private final AtomicInteger arrivals = new AtomicInteger();
    private HttpServer target;
    private TestWorker worker;
    private String runId;
    private Map<String, String> secrets = Map.of();

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = TestKafka.start(folder);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void open(TestInfo test) throws Exception {
        runId = test.getDisplayName();
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        target.createContext("/", exchange -> {
            arrivals.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        target.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        target.start();
        worker = new TestWorker(KEY);
    }

    @AfterEach
    void close() {
        worker.close();
        target.stop(0);
    }

    @Test
    void wholeRunEndsWithEqualCountsAndASignedGaplessStream() throws Exception {
        assign(2, Duration.ofSeconds(10), targetUrl());
        var exit = execute(Settings.DEFAULT);
        assertThat(worker.awaitTold(KindCase.READY).getReady().getProblem()).isEmpty();
        assertThat(arrivals).hasValue(0);

        start();
        assertThat(worker.awaitTold(KindCase.STARTED).getStarted().getSkewMillis())
                .isBetween(-1.0, 500.0);
        var ended = worker.awaitTold(KindCase.ENDED).getEnded();
        release();

        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(ended.getToolFailed()).isFalse();
        assertThat(ended.getProduced()).isEqualTo(arrivals.get()).isPositive();
        assertStreamIsWhole(points(), ended.getProduced());
    }

    @Test
    void unreachableTargetIsSaidInASentenceAndNothingStarts() throws Exception {
        String url = targetUrl();
        target.stop(0);
        assign(1, Duration.ofSeconds(10), url);
        var exit = execute(Settings.DEFAULT);

        var ready = worker.awaitTold(KindCase.READY).getReady();
        assertThat(ready.getProblemCode()).isEqualTo("target-unreachable");
        assertThat(ready.getProblem())
                .contains(url.substring("http://".length()))
                .endsWith(".");
        stop();
        assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void secretsAreHiddenInWhatTheWorkerIsTold() throws Exception {
        String url = targetUrl();
        target.stop(0);
        secrets = Map.of("PORT", url.substring(url.lastIndexOf(':') + 1));
        assign(1, Duration.ofSeconds(10), url);
        var exit = execute(Settings.DEFAULT);

        assertThat(worker.awaitTold(KindCase.READY).getReady().getProblem())
                .startsWith("127.0.0.1:*** does not take connections");
        stop();
        assertThat(exit.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        MaskedOutput.hide(SecretMask.NONE);
    }

    @Test
    void brokenStreamIsDialledAgainAndTheLoadGoesOn() throws Exception {
        assign(3, Duration.ofSeconds(10), targetUrl());
        var exit = execute(Settings.DEFAULT);
        worker.awaitTold(KindCase.READY);
        start();
        worker.awaitTold(KindCase.STARTED);
        worker.hangUp();
        await().atMost(PATIENCE).until(() -> worker.told(KindCase.HELLO).size() == 2);

        var hellos = worker.told(KindCase.HELLO);
        assertThat(hellos.get(1).getHello().getLoadRunning()).isTrue();
        assertThat(hellos.get(1).getHello().getEpoch())
                .isEqualTo(hellos.get(0).getHello().getEpoch());
        worker.awaitTold(KindCase.ENDED);
        release();
        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void clockThatIsFiveSecondsWrongChangesNothing() throws Exception {
        worker.clockAhead(Duration.ofSeconds(5));
        assign(2, Duration.ofSeconds(10), targetUrl());
        var exit = execute(Settings.DEFAULT);
        var clock = worker.awaitTold(KindCase.READY).getReady().getClock();
        assertThat(clock.getOffsetMillis()).isBetween(-5_100.0, -4_900.0);
        assertThat(clock.getUncertaintyMillis()).isBetween(0.0, 100.0);

        Instant at = worker.now().plusMillis(500);
        startAt(at);
        assertThat(worker.awaitTold(KindCase.STARTED).getStarted().getSkewMillis())
                .isBetween(-50.0, 500.0);
        worker.awaitTold(KindCase.ENDED);
        release();

        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(points().stream()
                        .map(record -> parse(record))
                        .filter(record ->
                                record.hasPoints() && record.getPoints().getSeriesCount() > 0)
                        .map(record -> record.getPoints().getSecond()))
                .as("seconds of load, by the worker's clock")
                .allMatch(second -> second >= at.getEpochSecond() && second <= at.getEpochSecond() + 4);
    }

    @Test
    void lostWorkerEndsTheLoadAndWhatWasMeasuredIsStillSent() throws Exception {
        assign(60, Duration.ofMillis(1_500), targetUrl());
        var exit = execute(new Settings(PATIENCE, PATIENCE, Duration.ofSeconds(1), 1 << 20));
        worker.awaitTold(KindCase.READY);
        start();
        await().atMost(PATIENCE).until(() -> arrivals.get() > 50);
        worker.fallSilent();

        assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        var records = points();
        assertThat(end(records).getToolFailed()).isTrue();
        assertThat(end(records).getMessage()).contains("worker");
        assertThat(worker.awaitTold(KindCase.ENDED).getEnded().getLeaseLost()).isTrue();
        assertStreamIsWhole(records, end(records).getProduced());
        // What was cut off in flight arrived at the target and is a sample with an error or none.
        assertThat(end(records).getProduced()).isBetween(arrivals.get() - 2L, arrivals.get() + 2L);
    }

    @Test
    void stopEndsTheLoadInOrder() throws Exception {
        assign(60, Duration.ofSeconds(10), targetUrl());
        var exit = execute(Settings.DEFAULT);
        worker.awaitTold(KindCase.READY);
        start();
        await().atMost(PATIENCE).until(() -> arrivals.get() > 50);
        stop();
        var ended = worker.awaitTold(KindCase.ENDED).getEnded();
        release();

        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(ended.getToolFailed()).isFalse();
        assertThat(ended.getProduced()).isEqualTo(arrivals.get());
    }

    @Test
    void absentBrokerStopsNothingAndGetsEverythingLater() throws Exception {
        assign(4, Duration.ofSeconds(10), targetUrl());
        var exit = execute(Settings.DEFAULT);
        worker.awaitTold(KindCase.READY);
        start();
        await().atMost(PATIENCE).until(() -> arrivals.get() > 50);
        kafka.stop();
        try {
            await().atMost(PATIENCE)
                    .until(() -> worker.told(KindCase.HEARTBEAT)
                                    .getLast()
                                    .getHeartbeat()
                                    .getSpoolBacklog()
                            >= 2);
        } finally {
            kafka.startAgain();
        }
        var ended = worker.awaitTold(KindCase.ENDED).getEnded();
        release();

        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
        assertThat(ended.getDeclaredLost()).isZero();
        assertStreamIsWhole(points(), arrivals.get());
    }

    @Test
    void scriptThatCallsExitIsNotTakenForSuccessAndItsSamplesAreSent() throws Exception {
        assign(60, Duration.ofSeconds(10), targetUrl());
        Process process = process();
        try {
            assertThat(worker.awaitTold(KindCase.READY).getReady().getProblem()).isEmpty();
            start();

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            var records = points();
            assertThat(end(records).getToolFailed()).isTrue();
            assertThat(end(records).getMessage()).contains("System.exit was called");
            assertThat(worker.awaitTold(KindCase.ENDED).getEnded())
                    .as("the worker is told whose fault it is")
                    .satisfies(ended -> assertThat(ended.getToolFailed()).isTrue())
                    .satisfies(ended -> assertThat(ended.getMessage()).contains("System.exit was called"));
            assertThat(end(records).getProduced()).isGreaterThanOrEqualTo(ExitingTool.AFTER);
            assertStreamIsWhole(records, end(records).getProduced());
            assertThat(Files.readString(folder.resolve("process.log"))).contains("System.exit");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void wrongKeyIsRefusedAndTheExecutorLeaves() throws Exception {
        assign(1, Duration.ofSeconds(10), targetUrl());
        var other = RunKey.derive("other".getBytes(StandardCharsets.UTF_8), "run");

        assertThat(execute(Settings.DEFAULT, other).get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(worker.told(KindCase.HELLO)).isEmpty();
    }

    private void assertStreamIsWhole(List<ConsumerRecord<String, byte[]>> records, long produced) throws Exception {
        long requests = 0;
        long sequence = 0;
        long second = 0;
        for (var record : records) {
            byte[] signature =
                    record.headers().lastHeader(Topics.SIGNATURE_HEADER).value();
            assertThat(KEY.verifies(record.value(), signature)).isTrue();
            var value = PointsRecord.parseFrom(record.value());
            if (value.hasPoints()) {
                Points points = value.getPoints();
                assertThat(points.getSequence()).isEqualTo(sequence++);
                assertThat(points.getSecond()).isBetween(second, second == 0 ? Long.MAX_VALUE : second + 1);
                second = points.getSecond();
                requests += points.getSeriesList().stream()
                        .mapToLong(SeriesPoint::getCount)
                        .sum();
            }
        }
        assertThat(requests).isEqualTo(produced);
        assertThat(end(records).getSequence()).isEqualTo(sequence);
        assertThat(end(records).getProduced()).isEqualTo(produced);
    }

    private List<ConsumerRecord<String, byte[]>> points() {
        return kafka
                .pointsUntil(
                        record -> record.key().equals(runId) && parse(record).hasExecutorEnd(), PATIENCE)
                .stream()
                .filter(record -> record.key().equals(runId))
                .toList();
    }

    private static ExecutorEnd end(List<ConsumerRecord<String, byte[]>> records) {
        return parse(records.getLast()).getExecutorEnd();
    }

    private static PointsRecord parse(ConsumerRecord<String, byte[]> record) {
        try {
            return PointsRecord.parseFrom(record.value());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private String targetUrl() {
        return "http://127.0.0.1:" + target.getAddress().getPort();
    }

    private void assign(int seconds, Duration lease, String url) throws Exception {
        byte[] script = "page %s/page\n".formatted(url).getBytes(StandardCharsets.UTF_8);
        String digest = "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(script));
        worker.offer(digest, script);
        var load = new Load.Closed(
                0,
                List.of(new Load.Stage("hold", Duration.ofSeconds(seconds), 2, Load.Shape.HOLD, true)),
                Duration.ofSeconds(1));
        var shard = new Shard(
                1,
                0,
                1,
                new ScenarioPlan(
                        "shop",
                        "http-list",
                        Duration.ZERO,
                        new ScenarioPlan.Script("load/list.txt", Map.of()),
                        load,
                        List.of()),
                new RunPlan.Target(url, List.of("127.0.0.1")),
                List.of(new BundleFile("load/list.txt", digest, script.length, false)),
                Inputs.NONE);
        worker.welcome(ToExecutor.newBuilder()
                .setAssign(ToExecutor.Assign.newBuilder()
                        .setShardJson(Json.write(shard))
                        .setKafkaBootstrap(kafka.bootstrap())
                        .setLeaseMillis(lease.toMillis())
                        .putAllSecrets(secrets))
                .build());
    }

    private CompletableFuture<Integer> execute(Settings settings) {
        return execute(settings, KEY);
    }

    private CompletableFuture<Integer> execute(Settings settings, RunKey key) {
        var exit = new CompletableFuture<Integer>();
        var self = new Arguments.Execute(WorkerAddress.parse(worker.address()), runId, 1);
        Thread.ofPlatform().name("executor").start(() -> {
            try {
                Path home = Files.createDirectories(folder.resolve(runId.replaceAll("\\W", "")));
                exit.complete(new ExecutorRun(self, key, home, new HttpListTool(), settings).carryOut(new SuddenEnd()));
            } catch (Exception e) {
                exit.completeExceptionally(e);
            }
        });
        return exit;
    }

    /** An executor as a program of its own. */
    private Process process() throws Exception {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(LoadTool.class.getName()), ExitingTool.class.getName());
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                folder.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path"),
                ExecutorMain.class.getName(),
                "--worker",
                worker.address(),
                "--run",
                runId,
                "--executor",
                "1");
        builder.environment().put(ExecutorMain.KEY_VARIABLE, KEY.toHex());
        return builder.directory(
                        Files.createDirectories(folder.resolve("process")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("process.log").toFile())
                .start();
    }

    private void start() {
        startAt(worker.now().plusMillis(300));
    }

    private void startAt(Instant at) {
        worker.say(ToExecutor.newBuilder()
                .setStart(ToExecutor.Start.newBuilder()
                        .setAtEpochNanos(at.getEpochSecond() * 1_000_000_000L + at.getNano()))
                .build());
    }

    private void stop() {
        worker.say(ToExecutor.newBuilder()
                .setStop(ToExecutor.Stop.newBuilder().setGraceMillis(1_000).setReason("a person stopped it"))
                .build());
    }

    private void release() {
        worker.say(ToExecutor.newBuilder()
                .setRelease(ToExecutor.Release.getDefaultInstance())
                .build());
    }
}
