package dev.loadstar.platform;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Schema {@code platform} with its own history, brought to what this version needs at each start. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    private static final String SCHEMA = "platform";

    @Bean(initMethod = "migrate")
    Flyway platformFlyway(DataSource database) {
        return Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .locations("classpath:db/platform")
                // Flyway would work on a schema that a newer version has changed.
                .ignoreMigrationPatterns(new String[0])
                .load();
    }
}
