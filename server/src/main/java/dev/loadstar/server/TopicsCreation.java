package dev.loadstar.server;

import java.util.Collection;
import java.util.stream.Collectors;

import dev.loadstar.embedded.EmbeddedServices;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/** Sees to it that Kafka is up and has the topics before anything that reads or writes them starts. */
final class TopicsCreation implements SmartLifecycle {

    private final KafkaAdmin admin;
    private final @Nullable EmbeddedServices embedded;
    private volatile boolean running;

    TopicsCreation(KafkaAdmin admin, @Nullable EmbeddedServices embedded) {
        this.admin = admin;
        this.embedded = embedded;
    }

    @Override
    public void start() {
        if (embedded != null) {
            embedded.awaitUp();
        }
        admin.setFatalIfBrokerNotAvailable(true);
        try {
            admin.initialize();
        } catch (RuntimeException e) {
            throw new StartFailure(
                    "Kafka at %s does not answer.".formatted(addresses()),
                    "Start it or correct -D spring.kafka.bootstrap-servers=…",
                    e);
        }
        running = true;
    }

    private String addresses() {
        Object servers = admin.getConfigurationProperties().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        return servers instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(servers);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
