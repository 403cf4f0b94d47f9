package dev.loadstar.reporting;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.wire.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;

/**
 * Reads {@code points}. Kafka only says which partitions are read here; where reading goes on in them stands in the
 * database, so no offset is ever committed to Kafka.
 */
class PointsListener implements ConsumerSeekAware {

    static final String CONTAINERS = "pointsListenerContainerFactory";

    private static final Logger log = LoggerFactory.getLogger(PointsListener.class);

    private final Merger merger;

    PointsListener(Merger merger) {
        this.merger = merger;
    }

    /** A batch whose transaction fails is given again until it is kept. */
    @KafkaListener(
            id = "reporting-points",
            groupId = "reporting",
            topics = Topics.POINTS,
            containerFactory = CONTAINERS,
            batch = "true")
    void merge(List<ConsumerRecord<String, byte[]>> records) {
        merger.merge(records);
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
        for (var partition : assignments.keySet()) {
            try {
                callback.seek(partition.topic(), partition.partition(), merger.assigned(partition.partition()));
            } catch (DataAccessException e) {
                // The first batch claims it, and what was merged before is passed over.
                log.warn("Partition {} is claimed later: {}", partition.partition(), e.getMessage());
            }
        }
    }

    @Override
    public void onPartitionsRevoked(@Nullable Collection<TopicPartition> partitions) {
        if (partitions != null) {
            merger.revoked(partitions.stream().map(TopicPartition::partition).toList());
        }
    }
}
