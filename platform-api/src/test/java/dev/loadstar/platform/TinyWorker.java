package dev.loadstar.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.RunCommand;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.RunOpened;
import dev.loadstar.contract.wire.Topics;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The program {@code worker} of these tests: a real process that speaks for a run without making load. */
public final class TinyWorker {

    /** What it does, by the name of the test in its plan. */
    public enum Behaviour {
        /** Completes at once. */
        QUICK,
        /** Runs until it is told to stop. */
        HOLD,
        /** Runs and never listens. */
        DEAF,
        /** Starts the load, then its process ends. */
        CRASH,
        /** Ends before it says anything. */
        MUTE,
        /** Never gets its executors ready, and never listens. */
        STUCK
    }

    private final WorkerAssignment run;
    private final KafkaProducer<String, byte[]> producer;

    private TinyWorker(WorkerAssignment run) {
        this.run = run;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", run.kafkaBootstrap(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    public static void main(String[] arguments) throws IOException {
        var run = Json.read(Files.readString(Path.of(WorkerAssignment.FILE)), WorkerAssignment.class);
        var behaviour = Behaviour.valueOf(run.plan().test());
        if (behaviour == Behaviour.MUTE) {
            System.exit(3);
        }
        System.out.println("tiny worker of run " + run.number());
        var worker = new TinyWorker(run);
        worker.open();
        worker.live(behaviour);
        worker.producer.close();
    }

    private void live(Behaviour behaviour) {
        if (behaviour == Behaviour.STUCK) {
            forever();
        }
        event(RunEvent.newBuilder().setExecutorsReady(RunEvent.ExecutorsReady.getDefaultInstance()));
        Instant started = Instant.now();
        event(RunEvent.newBuilder()
                .setLoadStarted(RunEvent.LoadStarted.newBuilder().setStartMillis(started.toEpochMilli())));
        producer.flush();
        switch (behaviour) {
            case QUICK -> end(started, EndReason.COMPLETED.name(), "the plan was carried out", false);
            case HOLD -> {
                var stop = awaitStop();
                end(started, stop.getEndReason(), stop.getDetail(), stop.getByPerson());
            }
            case DEAF -> forever();
            case CRASH -> System.exit(4);
            case MUTE, STUCK -> throw new IllegalStateException("not so far");
        }
    }

    private static void forever() {
        while (true) {
            LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
        }
    }

    private void open() {
        points(PointsRecord.newBuilder()
                .setRunOpened(RunOpened.newBuilder()
                        .setProject(run.project())
                        .setNumber(run.number())
                        .setPlanJson(Json.write(run.plan()))
                        .setOpenedAtMillis(System.currentTimeMillis())));
        event(RunEvent.newBuilder()
                .setWorkerStarted(RunEvent.WorkerStarted.newBuilder()
                        .setHost("127.0.0.1")
                        .setPid(ProcessHandle.current().pid())));
        producer.flush();
    }

    private void end(Instant started, String reason, String detail, boolean byPerson) {
        var ended = RunEnded.newBuilder()
                .setEndReason(reason)
                .setDetail(detail)
                .setByPerson(byPerson)
                .setLoadStartedMillis(started.toEpochMilli())
                .setLoadEndedMillis(System.currentTimeMillis())
                .build();
        points(PointsRecord.newBuilder().setRunEnded(ended));
        event(RunEvent.newBuilder().setRunEnded(ended));
    }

    private RunCommand.Stop awaitStop() {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", run.kafkaBootstrap()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.RUN_COMMANDS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                for (var command : consumer.poll(Duration.ofMillis(200))) {
                    RunCommand order = order(command.value());
                    if (order.hasStop()) {
                        return order.getStop();
                    }
                    if (order.hasChangeLoad()) {
                        answer(order.getChangeLoad());
                    }
                }
            }
        }
    }

    /** Nothing where it is for another run. */
    private RunCommand order(byte[] value) {
        try {
            var command = RunCommand.parseFrom(value);
            return command.getRunId().equals(run.runId()) ? command : RunCommand.getDefaultInstance();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Refuses to have exactly 6 users. */
    private void answer(RunCommand.ChangeLoad wanted) {
        var answer = RunEvent.LoadChanged.newBuilder().setId(wanted.getId());
        if (wanted.getValue() == 6) {
            answer.setRefused("The planned load was over.");
        } else {
            answer.setStage("hold").setAfterNanos(1_500_000_000L);
        }
        event(RunEvent.newBuilder().setLoadChanged(answer));
        producer.flush();
    }

    private void points(PointsRecord.Builder content) {
        byte[] value = content.setRunId(run.runId()).build().toByteArray();
        var points = new ProducerRecord<>(Topics.POINTS, run.runId(), value);
        points.headers().add(Topics.SIGNATURE_HEADER, RunKey.ofHex(run.runKey()).sign(value));
        var _ = producer.send(points);
    }

    private void event(RunEvent.Builder content) {
        byte[] value = content.setRunId(run.runId())
                .setAtMillis(System.currentTimeMillis())
                .build()
                .toByteArray();
        var _ = producer.send(new ProducerRecord<>(Topics.RUN_EVENTS, run.runId(), value));
    }
}
