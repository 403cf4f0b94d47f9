package dev.loadstar.reporting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

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

    /** Of each topic. */
    static final int PARTITIONS = 4;

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
                            new NewTopic(Topics.POINTS, PARTITIONS, (short) 1),
                            new NewTopic(Topics.RUN_EVENTS, PARTITIONS, (short) 1),
                            new NewTopic(Topics.RUN_COMMANDS, PARTITIONS, (short) 1),
                            new NewTopic(Topics.TICKS, PARTITIONS, (short) 1)))
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
        return Application.start(
                Stream.concat(properties().stream(), Stream.of(more)).toArray(String[]::new));
    }

    private List<String> properties() {
        return List.of(
                "spring.main.banner-mode=off",
                "spring.datasource.url=" + postgres.jdbcUrl(),
                "spring.datasource.username=" + postgres.user(),
                "spring.datasource.password=" + postgres.password(),
                "spring.datasource.hikari.maximum-pool-size=4",
                "spring.kafka.bootstrap-servers=" + bootstrap(),
                "loadstar.master-key=" + "00".repeat(32),
                "loadstar.reporting.grace=3s");
    }

    /** The same as a process of its own, which can be killed; it writes to a file of that name. */
    Process startReportingProcess(String instance) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName(),
                "loadstar.reporting.instance=" + instance));
        command.addAll(properties());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(instance + ".log").toFile())
                .start();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = FlywayAutoConfiguration.class)
    @Import(ReportingConfiguration.class)
    static class Application {

        /** @param properties of the process, {@code key=value} */
        public static void main(String[] properties) {
            var _ = start(properties);
        }

        private static ConfigurableApplicationContext start(String... properties) {
            return new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.NONE)
                    .properties(properties)
                    .run();
        }
    }
}
