package dev.loadstar.reporting;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.Topics;
import dev.loadstar.reporting.prometheus.Prometheus;
import dev.loadstar.reporting.prometheus.PrometheusProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A partition that no broker of these tests has, over the real database. */
final class TestPartition {

    static final Duration KEEP_SECONDS = Duration.ofDays(14);

    private final int number;
    private final AtomicLong offset = new AtomicLong();
    private final Transactions transactions =
            new Transactions(Installation.shared().database());
    private final TimelineTable timeline = new TimelineTable(transactions, KEEP_SECONDS);

    TestPartition(int number) {
        this.number = number;
        var _ = new ReportingSchema(Installation.shared().database());
        offset.set(claim().next());
    }

    OwnedPartition claim() {
        return OwnedPartition.claim(parts(timeline), number);
    }

    /** One whose rows of 1 s may be gone after that time. */
    OwnedPartition claim(Duration keepSeconds) {
        return OwnedPartition.claim(parts(new TimelineTable(transactions, keepSeconds)), number);
    }

    private Merger.Parts parts(TimelineTable of) {
        return new Merger.Parts(
                transactions,
                of,
                new SignedRecords(Installation.MASTER_KEY),
                new MergeMetrics(new SimpleMeterRegistry()),
                Clock.systemUTC());
    }

    /** Waits for nothing, and asks no Prometheus. */
    RunClosing closing() {
        var nobody = new Prometheus(new PrometheusProperties(Map.of()));
        return new RunClosing(
                Duration.ZERO, new TargetMetrics(nobody, transactions, Clock.systemUTC()), Clock.systemUTC());
    }

    Tidying tidying(Duration keepSeconds) {
        return new Tidying(transactions, timeline, keepSeconds, Clock.systemUTC());
    }

    List<ConsumerRecord<String, byte[]>> records(SimulatedRun run, List<PointsRecord> contents) {
        return contents.stream().map(content -> record(run, content)).toList();
    }

    private ConsumerRecord<String, byte[]> record(SimulatedRun run, PointsRecord content) {
        byte[] value = content.toByteArray();
        var record = new ConsumerRecord<>(Topics.POINTS, number, offset.getAndIncrement(), run.id, value);
        record.headers().add(Topics.SIGNATURE_HEADER, run.key.sign(value));
        return record;
    }
}
