package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Moves runs by what workers and reporting tell. An event's offset is committed after its transaction, so that one may come
 * twice but none is lost; while the database is away, it waits.
 */
final class RunEventListener
        implements SmartLifecycle, MessageListener<String, byte[]>, ConsumerAwareRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(RunEventListener.class);
    private static final String GROUP = "platform";

    /** After so long nobody waits for what may still be unread: a broken broker must not keep runs from ending. */
    private static final Duration CATCH_UP_AT_MOST = Duration.ofSeconds(60);

    private final RunLife life;
    private final KafkaMessageListenerContainer<String, byte[]> container;
    private final Map<TopicPartition, Long> unread = new ConcurrentHashMap<>();
    private volatile boolean assigned;
    private volatile Instant startedAt = Instant.MAX;

    RunEventListener(String bootstrapServers, String instance, RunLife life) {
        this.life = life;
        var properties = new ContainerProperties(Topics.RUN_EVENTS);
        properties.setGroupId(GROUP);
        properties.setAckMode(ContainerProperties.AckMode.RECORD);
        properties.setMessageListener(this);
        properties.setConsumerRebalanceListener(this);
        properties.setShutdownTimeout(Duration.ofSeconds(5).toMillis());
        container = new KafkaMessageListenerContainer<>(consumers(bootstrapServers, instance), properties);
        container.setBeanName("platform-run-events");
        container.setCommonErrorHandler(
                new DefaultErrorHandler(new FixedBackOff(1000, FixedBackOff.UNLIMITED_ATTEMPTS)));
    }

    /** A static member takes its partitions over at once when it is back after a crash. */
    private static DefaultKafkaConsumerFactory<String, byte[]> consumers(String bootstrapServers, String instance) {
        return new DefaultKafkaConsumerFactory<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                        GROUP + "-" + instance,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        10_000,
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                        2_000,
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        5_000,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        2_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void onMessage(ConsumerRecord<String, byte[]> event) {
        try {
            RunEvent content = RunEvent.parseFrom(event.value());
            life.step(content.getRunId(), run -> RunEvents.apply(run, content, life.now()));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            log.error("Event {} at {}-{} is skipped: {}", event.key(), event.partition(), event.offset(), e.toString());
        }
        unread.computeIfPresent(
                new TopicPartition(event.topic(), event.partition()),
                (p, end) -> event.offset() + 1 < end ? end : null);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        consumer.endOffsets(partitions).forEach((partition, end) -> {
            if (consumer.position(partition) < end) {
                unread.put(partition, end);
            }
        });
        assigned = true;
    }

    /** Whether everything that was told before this server came up is known by now. */
    boolean isCaughtUp() {
        return (assigned && unread.isEmpty()) || life.now().isAfter(startedAt.plus(CATCH_UP_AT_MOST));
    }

    @Override
    public void start() {
        startedAt = life.now();
        container.start();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public int getPhase() {
        return container.getPhase();
    }
}
