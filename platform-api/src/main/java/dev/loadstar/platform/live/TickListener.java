package dev.loadstar.platform.live;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;

import dev.loadstar.contract.wire.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;

/** Hands every tick to the watchers of its run. Each server reads all partitions, from now on. */
public final class TickListener implements SmartLifecycle {

    private final KafkaMessageListenerContainer<String, byte[]> container;

    public TickListener(String bootstrapServers, String instance, Watchers watchers) {
        var partitions = IntStream.range(0, Topics.PARTITIONS)
                .mapToObj(partition ->
                        new TopicPartitionOffset(Topics.TICKS, partition, TopicPartitionOffset.SeekPosition.END))
                .toArray(TopicPartitionOffset[]::new);
        var properties = new ContainerProperties(partitions);
        properties.setGroupId("platform-ticks-" + instance);
        properties.setMessageListener((MessageListener<String, byte[]>)
                tick -> watchers.ticked(tick.key(), new String(tick.value(), StandardCharsets.UTF_8)));
        container = new KafkaMessageListenerContainer<>(consumers(bootstrapServers), properties);
        container.setBeanName("platform-ticks");
    }

    private static DefaultKafkaConsumerFactory<String, byte[]> consumers(String bootstrapServers) {
        return new DefaultKafkaConsumerFactory<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        2_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void start() {
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
