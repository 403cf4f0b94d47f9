package dev.loadstar.server;

import java.time.Duration;
import java.util.Map;

import dev.loadstar.contract.wire.Topics;
import dev.loadstar.embedded.EmbeddedServices;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/** The topics that the platform talks over, with how long each keeps its records. */
@Configuration(proxyBeanMethods = false)
class TopicsConfiguration {

    @Bean
    KafkaAdmin.NewTopics topics() {
        return new KafkaAdmin.NewTopics(
                topic(Topics.POINTS, Duration.ofHours(24)),
                topic(Topics.RUN_COMMANDS, Duration.ofDays(1)),
                topic(Topics.RUN_EVENTS, Duration.ofDays(7)),
                topic(Topics.TICKS, Duration.ofMinutes(10)));
    }

    @Bean
    TopicsCreation topicsCreation(KafkaAdmin admin, ObjectProvider<EmbeddedServices> embedded) {
        return new TopicsCreation(admin, embedded.getIfAvailable());
    }

    private static NewTopic topic(String name, Duration kept) {
        return TopicBuilder.name(name)
                .partitions(Topics.PARTITIONS)
                .configs(Map.of("retention.ms", Long.toString(kept.toMillis()), "cleanup.policy", "delete"))
                .build();
    }
}
