package dev.loadstar.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.wire.Topics;
import dev.loadstar.embedded.EmbeddedKafka;
import dev.loadstar.embedded.EmbeddedPostgres;
import dev.loadstar.reporting.ReportingConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** This module with reporting over a real PostgreSQL and a real Kafka, which all tests of a JVM share. */
public final class TestServer implements AutoCloseable {

    private static final Path FOLDER = folder();
    private static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start(FOLDER.resolve("postgres"));
    private static final EmbeddedKafka KAFKA = EmbeddedKafka.start(FOLDER.resolve("kafka"));
    private static final Path DATA = FOLDER.resolve("data");

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            KAFKA.close();
            POSTGRES.close();
        }));
    }

    private TestServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static TestServer start(Class<?> configuration, Map<String, Object> settings) {
        return start(configuration, settings, Clock.systemUTC(), System::nanoTime);
    }

    public static TestServer start(
            Class<?> configuration, Map<String, Object> settings, Clock clock, LongSupplier nanoClock) {
        var application = new SpringApplication(Setup.class, configuration);
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> {
            ((GenericApplicationContext) context).registerBean(Clock.class, () -> clock);
            ((GenericApplicationContext) context).registerBean(LongSupplier.class, () -> nanoClock);
        });
        var properties = services();
        properties.putAll(settings);
        application.setDefaultProperties(properties);
        return new TestServer(application.run());
    }

    private static Map<String, Object> services() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("spring.datasource.url", POSTGRES.jdbcUrl());
        properties.put("spring.datasource.username", POSTGRES.user());
        properties.put("spring.datasource.password", POSTGRES.password());
        properties.put("spring.kafka.bootstrap-servers", KAFKA.bootstrapServers());
        properties.put("server.port", 0);
        properties.put("server.address", "127.0.0.1");
        properties.put("server.shutdown", "immediate");
        properties.put("loadstar.data", DATA.toString());
        properties.put("loadstar.home", FOLDER.resolve("home").toString());
        properties.put("loadstar.master-key", "5e".repeat(32));
        return properties;
    }

    /** What the server's main has in place of this. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({PlatformConfiguration.class, ReportingConfiguration.class, Pages.class})
    static class Setup {

        @Bean
        KafkaAdmin.NewTopics topics() {
            return new KafkaAdmin.NewTopics(
                    TopicBuilder.name(Topics.POINTS)
                            .partitions(Topics.PARTITIONS)
                            .build(),
                    TopicBuilder.name(Topics.RUN_COMMANDS)
                            .partitions(Topics.PARTITIONS)
                            .build(),
                    TopicBuilder.name(Topics.RUN_EVENTS)
                            .partitions(Topics.PARTITIONS)
                            .build(),
                    TopicBuilder.name(Topics.TICKS)
                            .partitions(Topics.PARTITIONS)
                            .build());
        }
    }

    /** Two pages: one to sign in, one behind it. */
    @RestController
    static class Pages {

        @GetMapping("/login")
        String login(CsrfToken token) {
            return token.getToken();
        }

        @GetMapping("/projects/default/runs")
        String runs() {
            return "runs";
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "platform-tests");
            Path worker = Files.createDirectories(folder.resolve("home/worker"));
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            Files.writeString(
                    worker.resolve("launch.args"),
                    "-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n-cp\n\"%s\"\n%s\n"
                            .formatted(classPath, TinyWorker.class.getName()));
            return folder.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public Path data() {
        return DATA;
    }

    public String cliToken() {
        try {
            return Files.readString(DATA.resolve("cli-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:%s%s".formatted(context.getEnvironment().getProperty("local.server.port"), path));
    }

    /** A request with the command line's token. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + cliToken());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(http, request);
    }

    public static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(request(path));
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> patch(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    public static JsonNode json(HttpResponse<String> response) {
        return Json.mapper().readTree(response.body());
    }

    @Override
    public void close() {
        context.close();
    }
}
