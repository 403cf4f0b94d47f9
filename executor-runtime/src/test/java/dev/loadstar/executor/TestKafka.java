package dev.loadstar.executor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;

import dev.loadstar.contract.wire.Topics;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real broker for tests, on ports that were free a moment ago; it can be away for a while. */
public final class TestKafka implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final Properties properties;
    private final String bootstrap;
    private KafkaRaftServer server;

    private TestKafka(Properties properties, String bootstrap) {
        this.properties = properties;
        this.bootstrap = bootstrap;
        this.server = started();
    }

    public static TestKafka start(Path folder) throws Exception {
        int port = freePort();
        int controller = freePort();
        Path data = Files.createDirectories(folder.resolve("kafka"));
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                .run();
        var kafka = new TestKafka(properties(data, port, controller), "127.0.0.1:" + port);
        kafka.createTopic();
        return kafka;
    }

    public String bootstrap() {
        return bootstrap;
    }

    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    public void startAgain() {
        server = started();
    }

    /** All records of the topic so far, read until one fits or the time is over. */
    public List<ConsumerRecord<String, byte[]>> pointsUntil(
            Predicate<ConsumerRecord<String, byte[]>> last, Duration patience) {
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = new ArrayList<TopicPartition>();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new TopicPartition(Topics.POINTS, i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long until = System.nanoTime() + patience.toNanos();
            while (System.nanoTime() < until) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    found.add(record);
                    if (last.test(record)) {
                        return found;
                    }
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        stop();
    }

    private KafkaRaftServer started() {
        var starting = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        starting.startup();
        return starting;
    }

    private void createTopic() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(Topics.POINTS, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static Properties properties(Path data, int port, int controller) {
        var properties = new Properties();
        properties.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "log.dirs", data.toString(),
                "listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller),
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "1@127.0.0.1:" + controller,
                "offsets.topic.replication.factor", "1",
                "log.cleaner.dedupe.buffer.size", "4194304",
                "broker.session.timeout.ms", "4000"));
        properties.put("broker.heartbeat.interval.ms", "500");
        return properties;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
