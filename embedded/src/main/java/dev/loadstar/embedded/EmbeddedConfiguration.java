package dev.loadstar.embedded;

import java.util.List;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Hands {@link EmbeddedServices} to a Spring context in the place of configured addresses, and ends them after
 * everything that uses them.
 */
public final class EmbeddedConfiguration implements ApplicationContextInitializer<GenericApplicationContext> {

    private final EmbeddedServices services;

    public EmbeddedConfiguration(EmbeddedServices services) {
        this.services = services;
    }

    @Override
    public void initialize(GenericApplicationContext context) {
        context.registerBean(EmbeddedServices.class, () -> services);
        if (services.hasPostgres()) {
            context.registerBean(
                    JdbcConnectionDetails.class,
                    () -> new PostgresDetails(
                            context.getBean(EmbeddedServices.class).postgres()));
        }
        String kafka = services.kafkaAddress();
        if (kafka != null) {
            context.registerBean(KafkaConnectionDetails.class, () -> new KafkaDetails(List.of(kafka)));
        }
    }

    private record PostgresDetails(EmbeddedPostgres postgres) implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return postgres.user();
        }

        @Override
        public String getPassword() {
            return postgres.password();
        }

        @Override
        public String getJdbcUrl() {
            return postgres.jdbcUrl();
        }
    }

    private record KafkaDetails(List<String> addresses) implements KafkaConnectionDetails {

        @Override
        public List<String> getBootstrapServers() {
            return addresses;
        }
    }
}
