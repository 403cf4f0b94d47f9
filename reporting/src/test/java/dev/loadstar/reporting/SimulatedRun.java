package dev.loadstar.reporting;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import com.google.protobuf.ByteString;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.AbortRule;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.BaselinePlan;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.wire.ArrivalPoint;
import dev.loadstar.contract.wire.ErrorPoint;
import dev.loadstar.contract.wire.ExecutorEnd;
import dev.loadstar.contract.wire.ExecutorHealth;
import dev.loadstar.contract.wire.ExecutorOutcome;
import dev.loadstar.contract.wire.FailedSample;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.Points;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.RunOpened;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The records of a run with three executors and ten users over ten seconds, and what they must add up to. */
final class SimulatedRun {

    static final int SECONDS = 10;
    static final int EXECUTORS = 3;

    private static final int NUMBER = 7;

    final String id = UUID.randomUUID().toString();
    final RunKey key = RunKey.derive(Installation.MASTER_KEY, id);
    final Histogram merged = new Histogram(3);
    final long start;
    long requests;
    long errors;

    private final boolean open;
    private List<TargetQuery> queries = List.of();
    private List<AbortRule> rules = List.of();
    private @Nullable BaselinePlan baseline;
    private AssertionPlan assertion = assertion("p95 < 2s", AssertionPlan.Metric.LATENCY_SERVICE, "p95", 2_000);
    private final Random random = new Random(17);
    private final long[] produced = new long[EXECUTORS + 1];
    private final long[] sequence = new long[EXECUTORS + 1];
    private final PointsRecord[] last = new PointsRecord[EXECUTORS + 1];

    SimulatedRun() {
        this(false, 0);
    }

    /** One whose load is open: 30/s, of which each executor drops 1 and is late for 1 in each second. */
    static SimulatedRun ofArrivals() {
        return new SimulatedRun(true, 0);
    }

    /** One whose records Kafka's clients put into that partition. */
    static SimulatedRun inPartition(int partition) {
        var run = new SimulatedRun();
        while (run.partition() != partition) {
            run = new SimulatedRun();
        }
        return run;
    }

    int partition() {
        return Utils.toPositive(Utils.murmur2(id.getBytes(StandardCharsets.UTF_8))) % Installation.PARTITIONS;
    }

    /** One that began so long ago. */
    static SimulatedRun daysAgo(int days) {
        return new SimulatedRun(false, days);
    }

    private SimulatedRun(boolean open, int daysAgo) {
        this.open = open;
        start = Instant.now().minus(Duration.ofDays(daysAgo)).getEpochSecond() - 60;
        merged.setAutoResize(true);
    }

    RunPlan plan() {
        Load load = open
                ? new Load.Open(
                        0,
                        List.of(
                                new Load.RateStage("warm-up", Duration.ofSeconds(2), 30, Load.Shape.HOLD, false),
                                new Load.RateStage("hold", Duration.ofSeconds(8), 30, Load.Shape.HOLD, true)),
                        Load.Arrivals.EVEN,
                        1,
                        100,
                        Duration.ofSeconds(5))
                : new Load.Closed(
                        9,
                        List.of(
                                new Load.Stage("warm-up", Duration.ofSeconds(2), 9, Load.Shape.HOLD, false),
                                new Load.Stage("hold", Duration.ofSeconds(8), 9, Load.Shape.HOLD, true)),
                        Duration.ofSeconds(5));
        var scenario = new ScenarioPlan(
                "browse", "jmeter", Duration.ZERO, new ScenarioPlan.Script("shop.jmx", Map.of()), load, List.of());
        return new RunPlan(
                "shop",
                null,
                Map.of(),
                new RunPlan.Source(null, null, null, "loadstar.json"),
                "sha256:0",
                List.of(),
                new RunPlan.Target("http://127.0.0.1:1", List.of("127.0.0.1")),
                List.of(scenario),
                new RunPlan.ExecutorsPlan(
                        EXECUTORS, Duration.ofSeconds(30), Duration.ofMillis(250), RunPlan.OnLoss.CONTINUE),
                List.of(assertion),
                Validity.DEFAULT,
                Inputs.NONE,
                RunPlan.LoadLimits.NONE,
                rules,
                queries,
                baseline);
    }

    /** What its target's Prometheus is asked; to be said before it is opened. */
    void asking(TargetQuery... of) {
        queries = List.of(of);
    }

    /** Held against these, whose p95 it must not exceed by a tenth. */
    SimulatedRun against(List<SimulatedRun> earlier) {
        var runs = earlier.stream()
                .map(run -> new BaselinePlan.Run(run.id, NUMBER))
                .toList();
        baseline = new BaselinePlan(
                BaselinePlan.Use.MEDIAN_OF_LAST,
                runs.size(),
                BaselinePlan.IfMissing.FAIL,
                null,
                Map.of(),
                new BaselinePlan.Chosen(runs, runs));
        return judgedBy(new AssertionPlan(
                "a1",
                "p95 <= baseline +10%",
                AssertionPlan.Metric.LATENCY_SERVICE,
                "p95",
                AssertionPlan.Scope.ALL,
                AssertionPlan.Op.LE,
                0,
                new AssertionPlan.Terms(
                        null,
                        null,
                        AssertionPlan.OnBreach.FAIL,
                        AssertionPlan.OnNoData.INVALID,
                        new AssertionPlan.VsBaseline(0.1, 0)),
                "/assertions/0"));
    }

    SimulatedRun judgedBy(AssertionPlan other) {
        assertion = other;
        return this;
    }

    /** Stopped by a rule that wants fewer requests than it makes. */
    SimulatedRun withRule() {
        var when = new AssertionPlan(
                "too-many",
                "requests > 200",
                AssertionPlan.Metric.REQUESTS,
                "count",
                AssertionPlan.Scope.ALL,
                AssertionPlan.Op.GT,
                200,
                "/abort/0/when");
        rules = List.of(new AbortRule(
                "too-many", when, Duration.ofSeconds(3), Duration.ofSeconds(1), AbortRule.Outcome.FAILED));
        return this;
    }

    private static AssertionPlan assertion(String text, AssertionPlan.Metric metric, String stat, double value) {
        return new AssertionPlan(
                "a1", text, metric, stat, AssertionPlan.Scope.ALL, AssertionPlan.Op.LT, value, "/assertions/0");
    }

    PointsRecord opened() {
        return record().setRunOpened(RunOpened.newBuilder()
                        .setProject("default")
                        .setNumber(NUMBER)
                        .setPlanJson(Json.write(plan()))
                        .setOpenedAtMillis(start * 1000))
                .build();
    }

    /** What each executor tells of these seconds, counted from the start. */
    List<PointsRecord> points(int from, int to) {
        var records = new ArrayList<PointsRecord>();
        for (int second = from; second < to; second++) {
            for (int executor = 1; executor <= EXECUTORS; executor++) {
                records.add(second(executor, second));
            }
        }
        return records;
    }

    PointsRecord second(int executor, int second) {
        String stage = second < 2 ? "warm-up" : "hold";
        var points = Points.newBuilder()
                .setExecutor(executor)
                .setEpoch(1)
                .setSequence(sequence[executor]++)
                .setSecond(start + second)
                .setHealth(ExecutorHealth.newBuilder()
                        .setActiveUsers(3)
                        .setPlannedUsers(3)
                        .setCpu(0.3)
                        .setHeapUsedBytes(50_000_000)
                        .setGcPauseMillis(executor)
                        .setWakeLagMicros(1_000L * second + executor)
                        .setNetworkReceivedBytes(2_000)
                        .setNetworkSentBytes(1_000));
        points.addSeries(series(executor, "home", stage, Outcome.OK, 20 + random.nextInt(30)));
        points.addSeries(series(executor, "add to cart", stage, Outcome.OK, 5));
        if (second % 5 == 0) {
            points.addSeries(series(executor, "home", stage, Outcome.ERROR, 1));
            points.addFailures(failure());
        }
        if (open) {
            points.addArrivals(ArrivalPoint.newBuilder()
                    .setScenario("browse")
                    .setStage(stage)
                    .setBegun(8)
                    .setDropped(1)
                    .setLate(1));
        }
        points.addSeries(around("visit", SampleKind.TRANSACTION, stage));
        points.addSeries(around("home-0", SampleKind.PART, stage));
        last[executor] = record().setPoints(points).build();
        return last[executor];
    }

    /** The executor's newest record, as it is sent once more after a failure. */
    PointsRecord again(int executor) {
        return last[executor];
    }

    private FailedSample failure() {
        var side = FailedSample.Side.newBuilder().setHead("HTTP/1.1 500").setText("it \0broke");
        return FailedSample.newBuilder()
                .setScenario("browse")
                .setLabel("home")
                .setKind("http.500")
                .setMessage("Internal Server Error")
                .setAtMillis(start * 1000)
                .setDurationMicros(1_500)
                .setResponse(side)
                .build();
    }

    /** A second's one transaction or part, slower than any request. */
    private static SeriesPoint around(String label, SampleKind kind, String stage) {
        var histogram = new Histogram(3);
        histogram.recordValue(100_000_000);
        return SeriesPoint.newBuilder()
                .setScenario("browse")
                .setStage(stage)
                .setLabel(label)
                .setKind(kind)
                .setCount(1)
                .setSumMicros(100_000_000)
                .setSumSquaresMicros(1e16)
                .setMinMicros(100_000_000)
                .setMaxMicros(100_000_000)
                .setService(encoded(histogram))
                .build();
    }

    private SeriesPoint series(int executor, String label, String stage, Outcome outcome, int count) {
        var histogram = new Histogram(3);
        histogram.setAutoResize(true);
        var point = SeriesPoint.newBuilder()
                .setScenario("browse")
                .setStage(stage)
                .setLabel(label)
                .setOutcome(outcome)
                .setCount(count);
        long sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            long micros = random.nextInt(100) == 0 ? 90_000_000 : 1_000 + random.nextInt(200_000);
            histogram.recordValue(micros);
            sum += micros;
            squares += (double) micros * micros;
        }
        merged.add(histogram);
        produced[executor] += count;
        requests += count;
        if (outcome == Outcome.ERROR) {
            errors += count;
            point.addErrors(ErrorPoint.newBuilder()
                    .setKind("http.500")
                    .setMessage("Internal Server Error")
                    .setCount(count)
                    .setFirstMillis(start * 1000));
        }
        if (open) {
            point.setIntended(encoded(histogram));
        }
        return point.setSumMicros(sum)
                .setSumSquaresMicros(squares)
                .setMinMicros(histogram.getMinValue())
                .setMaxMicros(histogram.getMaxValue())
                .setService(encoded(histogram))
                .setBytesReceived(100L * count)
                .build();
    }

    private static ByteString encoded(Histogram histogram) {
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(buffer);
        return ByteString.copyFrom(buffer.flip());
    }

    PointsRecord end(int executor) {
        return record().setExecutorEnd(ExecutorEnd.newBuilder()
                        .setExecutor(executor)
                        .setEpoch(1)
                        .setSequence(sequence[executor]++)
                        .setProduced(produced[executor]))
                .build();
    }

    /** ENDs of all executors, and the worker's last word. */
    List<PointsRecord> ends() {
        var records = new ArrayList<PointsRecord>();
        for (int executor = 1; executor <= EXECUTORS; executor++) {
            records.add(end(executor));
        }
        records.add(ended(0, 0));
        return records;
    }

    /** As a worker does that was told to end. */
    PointsRecord stopped(String reason, String detail) {
        var ended = ended(0, 0).getRunEnded().toBuilder().setEndReason(reason).setDetail(detail);
        return record().setRunEnded(ended).build();
    }

    /** @param lost number of an executor that was killed, or 0; {@code more} is what it had produced and never sent */
    PointsRecord ended(int lost, long more) {
        var ended = RunEnded.newBuilder()
                .setEndReason(EndReason.COMPLETED.name())
                .setLoadStartedMillis(start * 1000)
                .setLoadEndedMillis((start + SECONDS) * 1000);
        for (int executor = 1; executor <= EXECUTORS; executor++) {
            boolean isLost = executor == lost;
            ended.addExecutors(ExecutorOutcome.newBuilder()
                    .setExecutor(executor)
                    .setTool("jmeter")
                    .setHost("127.0.0.1")
                    .setStatus((isLost ? ExecutorStatus.LOST : ExecutorStatus.FINISHED).name())
                    .setStartSkewMillis(0.4)
                    .setProducedAtLastHeartbeat(produced[executor] + (isLost ? more : 0))
                    .setWillSendEnd(!isLost));
        }
        return record().setRunEnded(ended).build();
    }

    PointsRecord.Builder record() {
        return PointsRecord.newBuilder().setRunId(id);
    }
}
