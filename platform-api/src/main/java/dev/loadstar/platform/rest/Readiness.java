package dev.loadstar.platform.rest;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import dev.loadstar.platform.run.Runs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this server can take runs: its database and Kafka answer, its disk has room, and it is not about to end. */
final class Readiness implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Readiness.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration GOOD_FOR = Duration.ofMillis(500);

    private final Runs runs;
    private final DataSource database;
    private final Admin kafka;
    private @Nullable Finding last;

    private record Finding(Optional<String> missing, long nanos) {}

    Readiness(Runs runs, DataSource database, String bootstrapServers) {
        this.runs = runs;
        this.database = database;
        int patience = Math.toIntExact(PATIENCE.toMillis());
        this.kafka = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience));
    }

    /** What is missing, in one sentence; asked at most twice a second however many ask, since everyone may. */
    synchronized Optional<String> missing() {
        if (last == null || System.nanoTime() - last.nanos > GOOD_FOR.toNanos()) {
            last = new Finding(look(), System.nanoTime());
        }
        return last.missing;
    }

    private Optional<String> look() {
        if (!runs.isOpen()) {
            return Optional.of("the server is starting or about to end");
        }
        try (var connection = database.getConnection()) {
            if (!connection.isValid(Math.toIntExact(PATIENCE.toSeconds()))) {
                return Optional.of("the database does not answer");
            }
            kafka.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return runs.lack();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (ExecutionException | TimeoutException e) {
            log.warn("Kafka does not answer: {}", e.toString());
            return Optional.of("Kafka does not answer");
        } catch (SQLException e) {
            log.warn("The database does not answer: {}", e.toString());
            return Optional.of("the database does not answer");
        }
    }

    @Override
    public void close() {
        kafka.close(Duration.ZERO);
    }
}
