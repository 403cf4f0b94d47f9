package dev.loadstar.server;

import dev.loadstar.embedded.EmbeddedServices;
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
                    "Kafka at %s does not answer."
                            .formatted(admin.getConfigurationProperties().get("bootstrap.servers")),
                    "Start it or correct -D spring.kafka.bootstrap-servers=…",
                    e);
        }
        running = true;
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
