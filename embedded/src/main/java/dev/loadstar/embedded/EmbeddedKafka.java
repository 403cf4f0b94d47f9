package dev.loadstar.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka of one node in this process, broker and controller, with its data in a folder and reachable from this machine
 * only. The one class that touches Kafka's internals.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String CONTROLLER = "CONTROLLER";
    private static final int NODE = 1;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts with data in that folder, made if it is not there, on ports that the folder remembers.
     *
     * @throws LoadstarException if it does not start
     */
    public static EmbeddedKafka start(Path folder) {
        try {
            Folders.create(folder);
        } catch (IOException e) {
            throw failed(e);
        }
        var ports = Ports.keptIn(folder.resolve("ports.json"));
        return start(folder, ports.get("kafka"), ports.get("kafkaController"));
    }

    /** The same on these ports, of which clients use the first one. */
    public static EmbeddedKafka start(Path folder, int port, int controllerPort) {
        try {
            Path data = Folders.create(Folders.create(folder).resolve("data")).toAbsolutePath();
            if (!Files.exists(data.resolve("meta.properties"))) {
                format(data);
            }
            sayWhyItHalts(data);
            var kafka = new EmbeddedKafka(
                    new KafkaRaftServer(
                            KafkaConfig.fromProps(properties(data, port, controllerPort), false), Time.SYSTEM),
                    port);
            kafka.startUp();
            return kafka;
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** A broker that cannot write its data ends its whole process at once; who sits at the terminal is to hear why. */
    private static void sayWhyItHalts(Path data) {
        Exit.setHaltProcedure((status, message) -> {
            System.err.printf(
                    "Loadstar ends: Kafka cannot write its data in %s any more. Is the disk full?%n"
                            + "  Start it again when there is room; runs wait for it for some minutes.%n",
                    data);
            Runtime.getRuntime().halt(status);
        });
    }

    private void startUp() {
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    private static LoadstarException failed(Exception cause) {
        return new LoadstarException(ErrorCode.INTERNAL_ERROR, "Kafka does not start: " + cause.getMessage(), cause);
    }

    private static void format(Path data) throws Exception {
        // Formatting that was cut short starts over: meta.properties is its last file.
        Folders.delete(data);
        Folders.create(data);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(CONTROLLER)
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                .run();
    }

    private static Properties properties(Path data, int port, int controllerPort) {
        var properties = new Properties();
        properties.putAll(node(data, port, controllerPort));
        properties.putAll(SMALL);
        properties.putAll(ONE_REPLICA);
        return properties;
    }

    private static Map<String, String> node(Path data, int port, int controllerPort) {
        return Map.of(
                "process.roles", "broker,controller",
                "node.id", Integer.toString(NODE),
                "log.dirs", data.toString(),
                "listeners", "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(port, CONTROLLER, controllerPort),
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,%s:PLAINTEXT".formatted(CONTROLLER),
                "inter.broker.listener.name", "PLAINTEXT",
                "controller.listener.names", CONTROLLER,
                "controller.quorum.voters", "%d@127.0.0.1:%d".formatted(NODE, controllerPort));
    }

    /** Threads, buffers and files of a size that befits one machine; the log cleaner alone would take 128 MB. */
    private static final Map<String, String> SMALL = Map.ofEntries(
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "3"),
            Map.entry("background.threads", "2"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("group.coordinator.threads", "1"),
            Map.entry("share.coordinator.threads", "1"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.cleaner.io.buffer.size", "65536"),
            Map.entry("log.segment.bytes", "33554432"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("log.retention.check.interval.ms", "60000"),
            Map.entry("fetch.purgatory.purge.interval.requests", "100"),
            Map.entry("producer.purgatory.purge.interval.requests", "100"),
            Map.entry("metadata.max.idle.interval.ms", "5000"));

    /**
     * One node holds every replica. After a kill the places of the killed broker and its consumers are free soon: the
     * next start waits for the broker's session to run out, which by default takes 9 s.
     */
    private static final Map<String, String> ONE_REPLICA = Map.ofEntries(
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            Map.entry("broker.session.timeout.ms", "6000"),
            Map.entry("broker.heartbeat.interval.ms", "2000"));

    /** What clients are configured with: {@code 127.0.0.1:<port>}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Stops it in order; records are there at the next start. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
