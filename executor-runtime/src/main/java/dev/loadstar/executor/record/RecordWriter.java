package dev.loadstar.executor.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import com.google.protobuf.Message;
import dev.loadstar.contract.wire.ArrivalPoint;
import dev.loadstar.contract.wire.ExecutorEnd;
import dev.loadstar.contract.wire.ExecutorHealth;
import dev.loadstar.contract.wire.FailedSample;
import dev.loadstar.contract.wire.Points;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;

/**
 * Numbers records and hands them to the sink. What finds no room is counted as lost and takes no number, so that a gap in
 * the numbers always means loss on the way.
 */
final class RecordWriter {

    /** Far below what a broker takes by default (1 MiB); a second with more goes out as several records. */
    private static final int MAX_BYTES = 600_000;

    private final Producer producer;
    private final PointsSink sink;
    private long sequence;
    private final AtomicLong declaredLost = new AtomicLong();

    RecordWriter(Producer producer, PointsSink sink) {
        this.producer = producer;
        this.sink = sink;
    }

    void write(
            long second, int revision, List<SeriesPoint> series, List<ArrivalPoint> arrivals, ExecutorHealth health) {
        ExecutorHealth own = health;
        List<ArrivalPoint> first = arrivals;
        for (List<SeriesPoint> part : parts(series)) {
            append(points(second, revision, own).addAllSeries(part).addAllArrivals(first));
            own = again(own);
            first = List.of();
        }
    }

    /** Failures of a second that is written already, in further records of it. */
    void writeFailures(long second, int revision, List<FailedSample> failures, ExecutorHealth health) {
        if (!failures.isEmpty()) {
            parts(failures)
                    .forEach(part ->
                            append(points(second, revision, again(health)).addAllFailures(part)));
        }
    }

    /** At least one, each small enough for a record. */
    private static <M extends Message> List<List<M>> parts(List<M> all) {
        var parts = new ArrayList<List<M>>();
        var part = new ArrayList<M>();
        int bytes = 0;
        for (M message : all) {
            if (bytes + message.getSerializedSize() > MAX_BYTES && !part.isEmpty()) {
                parts.add(List.copyOf(part));
                part.clear();
                bytes = 0;
            }
            part.add(message);
            bytes += message.getSerializedSize();
        }
        parts.add(part);
        return parts;
    }

    /** For a further record of the same second: what is a state stands again, what is an amount does not. */
    static ExecutorHealth again(ExecutorHealth health) {
        var again = health.toBuilder().setGcPauseMillis(0);
        if (health.hasNetworkReceivedBytes()) {
            again.setNetworkReceivedBytes(0).setNetworkSentBytes(0);
        }
        return again.build();
    }

    void writeEnd(long produced, boolean failed, String message) {
        var end = ExecutorEnd.newBuilder()
                .setExecutor(producer.executor())
                .setEpoch(producer.epoch())
                .setSequence(sequence)
                .setProduced(produced)
                .setDeclaredLost(declaredLost())
                .setToolFailed(failed)
                .setMessage(message);
        sink.append(bytes(PointsRecord.newBuilder().setRunId(producer.runId()).setExecutorEnd(end)), true);
    }

    void lose(long samples) {
        declaredLost.addAndGet(samples);
    }

    long declaredLost() {
        return declaredLost.get();
    }

    private Points.Builder points(long second, int revision, ExecutorHealth health) {
        return Points.newBuilder()
                .setExecutor(producer.executor())
                .setEpoch(producer.epoch())
                .setSequence(sequence)
                .setSecond(second)
                .setPlanRevision(revision)
                .setHealth(health);
    }

    private void append(Points.Builder points) {
        var bytes = bytes(PointsRecord.newBuilder().setRunId(producer.runId()).setPoints(points));
        if (sink.append(bytes, false)) {
            sequence++;
        } else {
            lose(points.getSeriesList().stream()
                    .filter(point -> point.getKind() == SampleKind.REQUEST)
                    .mapToLong(SeriesPoint::getCount)
                    .sum());
        }
    }

    private static byte[] bytes(Message.Builder message) {
        return message.build().toByteArray();
    }

    /**
     * Who writes.
     *
     * @param epoch start of this process, ms
     */
    public record Producer(String runId, int executor, long epoch) {}
}
