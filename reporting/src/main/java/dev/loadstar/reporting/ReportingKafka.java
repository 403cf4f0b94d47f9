package dev.loadstar.reporting;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** Reporting's own clients of the application's Kafka. */
final class ReportingKafka implements DisposableBean {

    private static final Duration SEND = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 500;
    private static final int FETCH_BYTES = 8 << 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final KafkaProperties properties;
    private final KafkaConnectionDetails connection;
    private final ReportingProperties settings;
    private final DefaultKafkaProducerFactory<String, byte[]> producers;

    ReportingKafka(KafkaProperties properties, KafkaConnectionDetails connection, ReportingProperties settings) {
        this.properties = properties;
        this.connection = connection;
        this.settings = settings;
        this.producers = new DefaultKafkaProducerFactory<>(
                producerSettings(), new StringSerializer(), new ByteArraySerializer());
    }

    KafkaTemplate<String, byte[]> template() {
        return new KafkaTemplate<>(producers);
    }

    private Map<String, Object> producerSettings() {
        var producer = new HashMap<>(properties.buildProducerProperties());
        connect(producer, connection.getProducer());
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, SEND.toMillis());
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) SEND.toMillis() / 2);
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) SEND.toMillis());
        return producer;
    }

    /** One consumer, for batches; what fails is tried again for as long as it takes. */
    ConcurrentKafkaListenerContainerFactory<String, byte[]> containers() {
        var containers = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        containers.setConsumerFactory(new DefaultKafkaConsumerFactory<>(
                consumerSettings(), new StringDeserializer(), new ByteArrayDeserializer()));
        containers.setBatchListener(true);
        containers.setCommonErrorHandler(
                new DefaultErrorHandler(new FixedBackOff(RETRY_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS)));
        containers.getContainerProperties().setAckMode(ContainerProperties.AckMode.MANUAL);
        containers.getContainerProperties().setMissingTopicsFatal(false);
        // A transaction for each record would be dear: what comes in this time shares one. The first is not kept
        // waiting.
        containers.getContainerProperties().setIdleBetweenPolls(PAUSE.toMillis());
        return containers;
    }

    private Map<String, Object> consumerSettings() {
        var consumer = new HashMap<>(properties.buildConsumerProperties());
        connect(consumer, connection.getConsumer());
        consumer.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
        consumer.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Math.toIntExact(settings.sessionTimeout().toMillis()));
        consumer.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.toIntExact(settings.sessionTimeout().toMillis() / 6));
        // Runs of others are not interrupted when a process comes or goes.
        consumer.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 2_000);
        // A backlog is worked off in large batches: what a transaction costs is shared by more records.
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        consumer.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        consumer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        return consumer;
    }

    private static void connect(Map<String, Object> settings, KafkaConnectionDetails.Configuration connection) {
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, connection.getBootstrapServers());
        String protocol = connection.getSecurityProtocol();
        if (protocol != null) {
            settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        }
    }

    @Override
    public void destroy() {
        producers.destroy();
    }
}
