package dev.loadstar.executor.record;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.wire.ErrorPoint;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.Points;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;
import dev.loadstar.executor.clock.ClockOffset;
import dev.loadstar.executor.clock.WorkerClock;
import dev.loadstar.executor.tool.Exchange;
import dev.loadstar.executor.tool.Sample;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

class PointsRecorderTests {

    private static final Exchange EXCHANGE = new Exchange(
            new Exchange.Side("POST /buy", new byte[8_000], 8_000, "text/plain"),
            new Exchange.Side("500 Oh", "no".repeat(8_000).getBytes(UTF_8), 16_000, "text/plain"));

    private final List<PointsRecord> records = new CopyOnWriteArrayList<>();
    private final PointsRecorder recorder = new PointsRecorder("run", 3, 99, "shop", this::append);
    private final WorkerClock clock = WorkerClock.of(ClockOffset.UNKNOWN);
    private long start = clock.nowMicros();

    private boolean roomLeft = true;

    @Test
    void everySecondHasARecordAlsoWhenNothingHappens() throws Exception {
        start(2);
        await().atMost(Duration.ofSeconds(8)).until(() -> records.size() >= 3);
        recorder.end(false, "");

        List<Points> points = points();
        for (int i = 0; i < points.size(); i++) {
            assertThat(points.get(i).getSequence()).isEqualTo(i);
            assertThat(points.get(i).getSecond()).isEqualTo(start / 1_000_000 + i);
            assertThat(points.get(i).getSeriesCount()).isZero();
            assertThat(points.get(i).getHealth().getHeapUsedBytes()).isPositive();
        }
        assertThat(points.get(1).getHealth().getActiveUsers()).isCloseTo(2, within(0.2));
        assertThat(points.get(1).getHealth().getPlannedUsers()).isEqualTo(4);
        var end = records.getLast().getExecutorEnd();
        assertThat(end.getSequence()).isEqualTo(points.size());
        assertThat(end.getProduced()).isZero();
    }

    @Test
    void sumsAreExactAndOutcomesAndKindsStayApart() throws Exception {
        start(0);
        for (int micros : List.of(1_000, 2_000, 4_500)) {
            recorder.record(sample("buy", Sample.Kind.REQUEST, micros, null));
        }
        recorder.record(sample("buy", Sample.Kind.REQUEST, 9_000, "http.500"));
        recorder.record(sample("buy", Sample.Kind.TRANSACTION, 20_000, null));
        recorder.end(false, "");

        assertThat(recorder.produced()).isEqualTo(4);
        SeriesPoint ok = only(SampleKind.REQUEST, Outcome.OK);
        assertThat(ok.getScenario()).isEqualTo("shop");
        assertThat(ok.getStage()).isEqualTo("hold");
        assertThat(ok.getCount()).isEqualTo(3);
        assertThat(ok.getSumMicros()).isEqualTo(7_500);
        assertThat(ok.getSumSquaresMicros()).isEqualTo(1e6 + 4e6 + 20.25e6);
        assertThat(ok.getMinMicros()).isEqualTo(1_000);
        assertThat(ok.getMaxMicros()).isEqualTo(4_500);
        assertThat(ok.getBytesReceived()).isEqualTo(300);
        assertThat(ok.getIntended().isEmpty()).isTrue();
        assertThat(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(ok.getTtfb().toByteArray()), 0)
                        .getTotalCount())
                .isEqualTo(3);
        SeriesPoint failed = only(SampleKind.REQUEST, Outcome.ERROR);
        assertThat(failed.getErrorsList()).extracting(ErrorPoint::getKind).containsExactly("http.500");
        assertThat(only(SampleKind.TRANSACTION, Outcome.OK).getCount()).isEqualTo(1);
    }

    @Test
    void pacedIterationIsAnArrivalByItsFirstRequestAndLaterOnesCountFromTheirSend() throws Exception {
        start = clock.nowMicros();
        recorder.start(new PlannedLoad(shard(Duration.ofSeconds(1)), start), clock, () -> 1);
        recorder.record(
                new Sample("home", Sample.Kind.REQUEST, start + 40_000, start, 10_000, -1, -1, 0, 0, null, null));
        recorder.record(new Sample("buy", Sample.Kind.REQUEST, start + 60_000, -1, 10_000, -1, -1, 0, 0, null, null));
        await().atMost(Duration.ofSeconds(8)).until(() -> recorder.produced() == 2);
        recorder.end(false, "");

        assertThat(points().stream().flatMap(points -> points.getArrivalsList().stream()))
                .singleElement()
                .satisfies(arrivals -> {
                    assertThat(arrivals.getScenario()).isEqualTo("shop");
                    assertThat(arrivals.getStage()).isEqualTo("hold");
                    assertThat(arrivals.getBegun()).isEqualTo(1);
                });
        assertThat(intendedMax("home")).isCloseTo(50_000, within(50L));
        assertThat(intendedMax("buy")).isCloseTo(10_000, within(10L));
    }

    private long intendedMax(String label) throws Exception {
        var point = series().filter(series -> series.getLabel().equals(label))
                .findFirst()
                .orElseThrow();
        return Histogram.decodeFromByteBuffer(
                        ByteBuffer.wrap(point.getIntended().toByteArray()), 0)
                .getMaxValue();
    }

    @Test
    void lateSampleOfAWrittenSecondComesInAFurtherRecordOfThatSecond() throws Exception {
        start(0);
        await().atMost(Duration.ofSeconds(8)).until(() -> records.size() >= 2);
        long first = records.getFirst().getPoints().getSecond();
        recorder.record(new Sample(
                "slow", Sample.Kind.REQUEST, first * 1_000_000 + 900_000, -1, 50_000, -1, -1, 0, 0, null, null));
        recorder.end(false, "");

        List<Points> ofFirst =
                points().stream().filter(p -> p.getSecond() == first).toList();
        assertThat(ofFirst).hasSize(2);
        assertThat(ofFirst.get(0).getSeriesCount()).isZero();
        assertThat(ofFirst.get(1).getSeries(0).getLabel()).isEqualTo("slow");
        assertThat(ofFirst.get(1).getHealth().getPlannedUsers())
                .isEqualTo(ofFirst.get(0).getHealth().getPlannedUsers());
        assertThat(ofFirst.get(1).getHealth().getGcPauseMillis()).isZero();
        assertThat(points()).extracting(Points::getSequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void firstFailuresOfAKindAndLabelComeWithWhatWasSentAndAnswered() throws Exception {
        start(0);
        for (int i = 0; i < 1_000; i++) {
            recorder.record(sample("buy", Sample.Kind.REQUEST, 2_000, "http.500"), () -> EXCHANGE);
        }
        for (int i = 0; i < FailedSamples.MOST; i++) {
            recorder.record(sample("label " + i, Sample.Kind.REQUEST, 2_000, "timeout"), () -> EXCHANGE);
        }
        recorder.end(false, "");

        var failures = points().stream()
                .flatMap(points -> points.getFailuresList().stream())
                .toList();
        assertThat(recorder.produced()).isEqualTo(1_000 + FailedSamples.MOST);
        assertThat(failures).hasSize(FailedSamples.MOST);
        assertThat(failures.stream().filter(failure -> failure.getKind().equals("http.500")))
                .hasSize(FailedSamples.MOST_OF_A_KIND)
                .allSatisfy(failure -> {
                    assertThat(failure.getScenario()).isEqualTo("shop");
                    assertThat(failure.getLabel()).isEqualTo("buy");
                    assertThat(failure.getDurationMicros()).isEqualTo(2_000);
                    assertThat(failure.getResponse().getHead()).isEqualTo("500 Oh");
                });
        assertThat(records).allSatisfy(r -> assertThat(r.getSerializedSize()).isLessThan(700_000));
        assertThat(points()).extracting(Points::getSequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void manyThreadsLoseNothing() throws Exception {
        start(0);
        var threads = IntStream.range(0, 16)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < 10_000; n++) {
                        recorder.record(sample("l" + n % 10, Sample.Kind.REQUEST, n, null));
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        recorder.end(false, "");

        assertThat(recorder.produced()).isEqualTo(160_000);
        assertThat(series().mapToLong(SeriesPoint::getCount).sum()).isEqualTo(160_000 - recorder.declaredLost());
        assertThat(recorder.declaredLost()).isZero();
    }

    @Test
    void furtherLabelsAreCountedTogether() throws Exception {
        start(0);
        for (int i = 0; i < Labels.MAX + 100; i++) {
            recorder.record(sample("GET /item/" + i, Sample.Kind.REQUEST, 1_000, null));
        }
        recorder.end(false, "");

        assertThat(series().map(SeriesPoint::getLabel).distinct()).hasSize(Labels.MAX + 1);
        assertThat(series().filter(point -> point.getLabel().equals(Labels.OTHERS))
                        .mapToLong(SeriesPoint::getCount)
                        .sum())
                .isEqualTo(100);
    }

    @Test
    void secondTooLargeForOneRecordComesInSeveral() throws Exception {
        start(0);
        for (int i = 0; i < 400; i++) {
            for (int n = 0; n < 700; n++) {
                recorder.record(sample("label " + i, Sample.Kind.REQUEST, 100 + n * 977L, null));
            }
        }
        recorder.end(false, "");

        assertThat(records).allSatisfy(r -> assertThat(r.getSerializedSize()).isLessThan(700_000));
        assertThat(series().mapToLong(SeriesPoint::getCount).sum()).isEqualTo(280_000 - recorder.declaredLost());
        assertThat(points()).extracting(Points::getSequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void samplesThatFindNoRoomAreDeclaredLost() throws Exception {
        start(0);
        roomLeft = false;
        recorder.record(sample("buy", Sample.Kind.REQUEST, 1_000, null));
        recorder.record(sample("buy", Sample.Kind.TRANSACTION, 1_000, null));
        recorder.end(true, "broken");

        var end = records.getLast().getExecutorEnd();
        assertThat(end.getSequence()).isZero();
        assertThat(end.getProduced()).isEqualTo(1);
        assertThat(end.getDeclaredLost()).isEqualTo(1);
        assertThat(end.getToolFailed()).isTrue();
        assertThat(end.getMessage()).isEqualTo("broken");
    }

    @Test
    void requestsOfUsersThatAreGivenUpAreDeclaredLost() throws Exception {
        start(2);
        recorder.record(sample("buy", Sample.Kind.REQUEST, 1_000, null));
        recorder.lose(2);
        recorder.end(false, "");

        var end = records.getLast().getExecutorEnd();
        assertThat(end.getProduced()).isEqualTo(3);
        assertThat(end.getDeclaredLost()).isEqualTo(2);
    }

    private void start(int users) {
        start = clock.nowMicros();
        recorder.start(new PlannedLoad(shard(), start), clock, () -> users);
    }

    private boolean append(byte[] record, boolean last) {
        try {
            if (roomLeft || last) {
                records.add(PointsRecord.parseFrom(record));
            }
            return roomLeft || last;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private List<Points> points() {
        return records.stream()
                .filter(PointsRecord::hasPoints)
                .map(PointsRecord::getPoints)
                .toList();
    }

    private Stream<SeriesPoint> series() {
        return points().stream().flatMap(points -> points.getSeriesList().stream());
    }

    private SeriesPoint only(SampleKind kind, Outcome outcome) {
        var found = series().filter(point -> point.getKind() == kind && point.getOutcome() == outcome)
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static Sample sample(
            String label, Sample.Kind kind, long micros, @org.jspecify.annotations.Nullable String error) {
        long now = WorkerClock.micros(Instant.now());
        return new Sample(label, kind, now - micros, -1, micros, micros / 2, -1, 100, 10, error, error);
    }

    private static Shard shard() {
        return shard(Duration.ZERO);
    }

    private static Shard shard(Duration pacing) {
        var load = new Load.Closed(
                0,
                List.of(new Load.Stage("hold", Duration.ofMinutes(5), 8, Load.Shape.HOLD, true)),
                pacing,
                null,
                Duration.ofSeconds(1));
        var scenario =
                new ScenarioPlan("shop", "kit", Duration.ZERO, new ScenarioPlan.Script("s", Map.of()), load, List.of());
        return new Shard(1, 1, 2, scenario, new RunPlan.Target("http://127.0.0.1", List.of()), List.of(), Inputs.NONE);
    }
}
