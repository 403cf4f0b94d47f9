package dev.loadstar.reporting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

import javax.sql.DataSource;

import dev.loadstar.contract.wire.Topics;
import dev.loadstar.embedded.EmbeddedKafka;
import dev.loadstar.embedded.EmbeddedPostgres;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.FileSystemUtils;

/** A real PostgreSQL and a real Kafka, started once for all tests of this process, and the application that reports. */
final class Installation {

    static final byte[] MASTER_KEY = new byte[32];

    private static final Installation SHARED = new Installation();

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private EmbeddedKafka kafka;

    private Installation() {
        try {
            folder = Files.createTempDirectory("reporting");
            kafka = EmbeddedKafka.start(folder.resolve("kafka"));
            postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
            createTopics();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    static Installation shared() {
        return SHARED;
    }

    private void createTopics() {
        try (var admin = Admin.create(
                java.util.Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap()))) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.POINTS, 4, (short) 1),
                            new NewTopic(Topics.RUN_EVENTS, 4, (short) 1),
                            new NewTopic(Topics.RUN_COMMANDS, 4, (short) 1),
                            new NewTopic(Topics.TICKS, 4, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void close() {
        kafka.close();
        postgres.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    void restartKafka(Runnable whileDown) {
        kafka.close();
        whileDown.run();
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    String bootstrap() {
        return kafka.bootstrapServers();
    }

    DataSource database() {
        var database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        return database;
    }

    /** The application, as the server composes it. */
    ConfigurableApplicationContext startReporting(String... more) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=" + postgres.jdbcUrl(),
                        "spring.datasource.username=" + postgres.user(),
                        "spring.datasource.password=" + postgres.password(),
                        "spring.datasource.hikari.maximum-pool-size=4",
                        "spring.kafka.bootstrap-servers=" + bootstrap(),
                        "loadstar.master-key=" + "00".repeat(32),
                        "loadstar.reporting.grace=3s")
                .properties(more)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
    @Import(ReportingConfiguration.class)
    static class Application {}
}
