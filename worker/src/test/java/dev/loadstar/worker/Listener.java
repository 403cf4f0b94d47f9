package dev.loadstar.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.RunCommand;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The server's side of Kafka: makes the topics, gives orders, reads what a worker told. */
final class Listener implements AutoCloseable {

    private final String bootstrap;
    private final WorkerAssignment run;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<RunEvent> events = new ArrayList<>();
    private final List<PointsRecord> points = new ArrayList<>();

    static void makeTopics(String bootstrap) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            var topics = List.of(Topics.POINTS, Topics.RUN_EVENTS, Topics.RUN_COMMANDS).stream()
                    .map(name -> new NewTopic(name, Topics.PARTITIONS, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get();
        }
    }

    Listener(String bootstrap, WorkerAssignment run) {
        this.bootstrap = bootstrap;
        this.run = run;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "auto.offset.reset",
                        "earliest",
                        "reconnect.backoff.max.ms",
                        500),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(Topics.POINTS, Topics.RUN_EVENTS).stream()
                .flatMap(topic ->
                        IntStream.range(0, Topics.PARTITIONS).mapToObj(part -> new TopicPartition(topic, part)))
                .toList());
    }

    void order(String reason, String detail) throws Exception {
        var stop = RunCommand.Stop.newBuilder()
                .setEndReason(reason)
                .setDetail(detail)
                .setByPerson(true);
        byte[] value = RunCommand.newBuilder()
                .setRunId(run.runId())
                .setStop(stop)
                .build()
                .toByteArray();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.RUN_COMMANDS, run.runId(), value))
                    .get();
        }
    }

    RunEvent awaitEvent(Predicate<RunEvent> wanted) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            poll();
                            return events.stream().filter(wanted).findFirst();
                        },
                        found -> found.isPresent())
                .orElseThrow();
    }

    /** What is on {@code points}, once the run's last record is there too. */
    List<PointsRecord> awaitPoints() {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            poll();
            return !points.isEmpty() && points.getLast().hasRunEnded();
        });
        return List.copyOf(points);
    }

    List<RunEvent> events() {
        return List.copyOf(events);
    }

    private void poll() throws InvalidProtocolBufferException {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(100))) {
            if (!run.runId().equals(message.key())) {
                continue;
            }
            if (message.topic().equals(Topics.RUN_EVENTS)) {
                events.add(RunEvent.parseFrom(message.value()));
            } else {
                byte[] signature =
                        message.headers().lastHeader(Topics.SIGNATURE_HEADER).value();
                assertThat(RunKey.ofHex(run.runKey()).verifies(message.value(), signature))
                        .isTrue();
                points.add(PointsRecord.parseFrom(message.value()));
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
