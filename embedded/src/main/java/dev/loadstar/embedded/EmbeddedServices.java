package dev.loadstar.embedded;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import dev.loadstar.contract.problem.LoadstarException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNull;

/**
 * PostgreSQL and Kafka of one server, each where none was given from outside. Both start at the same time and beside
 * whoever asked for them; the first use waits.
 */
public final class EmbeddedServices implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServices.class);
    private static final Executor STARTER =
            task -> Thread.ofPlatform().name("embedded-start").start(task);

    private final @Nullable CompletableFuture<EmbeddedPostgres> postgres;
    private final @Nullable CompletableFuture<EmbeddedKafka> kafka;
    private final @Nullable String kafkaAddress;

    private EmbeddedServices(
            @Nullable CompletableFuture<EmbeddedPostgres> postgres,
            @Nullable CompletableFuture<EmbeddedKafka> kafka,
            @Nullable String kafkaAddress) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.kafkaAddress = kafkaAddress;
    }

    /** Begins to start the wanted ones, with everything they keep in that data directory. */
    public static EmbeddedServices start(Path data, boolean withPostgres, boolean withKafka) {
        var ports = Ports.keptIn(data.resolve("ports.json"));
        CompletableFuture<EmbeddedPostgres> postgres = withPostgres
                ? CompletableFuture.supplyAsync(
                        () -> EmbeddedPostgres.start(data.resolve("postgres"), () -> ports.get("postgres")), STARTER)
                : null;
        if (!withKafka) {
            return new EmbeddedServices(postgres, null, null);
        }
        int port = ports.get("kafka");
        int controllerPort = ports.get("kafkaController");
        var kafka = CompletableFuture.supplyAsync(
                () -> EmbeddedKafka.start(data.resolve("kafka"), port, controllerPort), STARTER);
        return new EmbeddedServices(postgres, kafka, "127.0.0.1:" + port);
    }

    boolean hasPostgres() {
        return postgres != null;
    }

    /** The PostgreSQL, where one was wanted; waits until it is up. */
    EmbeddedPostgres postgres() {
        return await(requireNonNull(postgres, "PostgreSQL was not asked for"));
    }

    /** Where Kafka is or will be, null where none was wanted; does not wait. */
    @Nullable
    String kafkaAddress() {
        return kafkaAddress;
    }

    /**
     * Waits until all that was wanted is up.
     *
     * @throws LoadstarException if one does not start
     */
    public void awaitUp() {
        if (postgres != null) {
            await(postgres);
        }
        if (kafka != null) {
            await(kafka);
        }
    }

    private static <T> T await(CompletableFuture<T> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof LoadstarException failure ? failure : e;
        }
    }

    /** Stops both, Kafka first; one that never came up is passed over. */
    @Override
    public void close() {
        close(kafka);
        close(postgres);
    }

    private static void close(@Nullable CompletableFuture<? extends AutoCloseable> started) {
        if (started == null) {
            return;
        }
        try {
            started.join().close();
        } catch (Exception e) {
            log.warn("Not stopped in order: {}", e.getMessage(), e);
        }
    }
}
