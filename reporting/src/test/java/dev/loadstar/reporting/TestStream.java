package dev.loadstar.reporting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.Topics;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The other ends of reporting's topics. */
final class TestStream implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;

    TestStream(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    void send(SimulatedRun run, List<PointsRecord> records) {
        records.forEach(record -> send(run.key, record));
        producer.flush();
    }

    void send(RunKey key, PointsRecord content) {
        byte[] value = content.toByteArray();
        var record = new ProducerRecord<>(Topics.POINTS, content.getRunId(), value);
        record.headers().add(Topics.SIGNATURE_HEADER, key.sign(value));
        var _ = producer.send(record);
    }

    /** All events of a run that come until there is one. */
    RunEvent.Reported awaitReported(String runId, Duration atMost) throws InvalidProtocolBufferException {
        var until = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < until) {
            for (byte[] value : read(Topics.RUN_EVENTS, runId)) {
                var event = RunEvent.parseFrom(value);
                if (event.hasReported()) {
                    return event.getReported();
                }
            }
        }
        throw new AssertionError("no result was reported");
    }

    List<byte[]> read(String topic, String runId) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (!consumer.assignment().containsAll(partitions)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        var values = new ArrayList<byte[]>();
        consumer.poll(Duration.ofMillis(200)).forEach(record -> {
            if (record.key().equals(runId)) {
                values.add(record.value());
            }
        });
        return values;
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
