package dev.loadstar.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EmbeddedKafkaTests {

    @TempDir
    private Path folder;

    @Test
    void recordsAndAddressAreThereAfterARestart() throws Exception {
        String address;
        try (var kafka = EmbeddedKafka.start(folder)) {
            address = kafka.bootstrapServers();
            try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
                admin.createTopics(List.of(new NewTopic("words", 4, (short) 1)))
                        .all()
                        .get();
            }
            send(address, "kept");
        }
        try (var kafka = EmbeddedKafka.start(folder)) {
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(received(address)).containsExactly("kept");
        }
    }

    @Test
    void acknowledgedRecordsAreThereAfterAKill() throws Exception {
        String address =
                "127.0.0.1:" + Ports.keptIn(folder.resolve("ports.json")).get("kafka");
        Process process = KafkaProcess.start(folder);
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> isUp(address));
            createTopic(address);
            send(address, "acknowledged");
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (var kafka = EmbeddedKafka.start(folder)) {
            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            assertThat(received(address)).containsExactly("acknowledged");
        }
    }

    private static boolean isUp(String address) {
        try (var admin = Admin.create(
                Map.of("bootstrap.servers", address, "default.api.timeout.ms", "2000", "request.timeout.ms", "1000"))) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException | InterruptedException e) {
            return false;
        }
    }

    private static void createTopic(String address) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic("words", 4, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void send(String address, String word) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "acks", "all"), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("words", "key", word)).get();
        }
    }

    private static List<String> received(String address) {
        var words = new ArrayList<String>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", address, "group.id", "reader", "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("words"));
            await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> words.add(record.value()));
                return !words.isEmpty();
            });
        }
        return words;
    }
}
