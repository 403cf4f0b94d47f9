package dev.loadstar.platform.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.RunCommand;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunForgotten;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.RunOpened;
import dev.loadstar.contract.wire.Topics;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** What this module writes to Kafka: commands for workers, and the records of a worker that was lost, in its stead. */
final class RunRecords implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunRecords.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DefaultKafkaProducerFactory<String, byte[]> producers;
    private final KafkaTemplate<String, byte[]> kafka;

    RunRecords(String bootstrapServers) {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        producers = new DefaultKafkaProducerFactory<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        patience / 2,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        patience / 2,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        patience),
                new StringSerializer(),
                new ByteArraySerializer());
        kafka = new KafkaTemplate<>(producers);
    }

    /** Does not wait for the broker; a worker that is told twice stops once. */
    void stop(String runId, StopOrder order) {
        var stop = RunCommand.Stop.newBuilder()
                .setEndReason(order.stopReason().name())
                .setDetail(order.stopDetail())
                .setByPerson(order.stopByPerson());
        command(RunCommand.newBuilder().setRunId(runId).setStop(stop).build());
    }

    /** Does not wait for the broker; a worker that is told twice changes once. */
    void changeLoad(String runId, LoadChange change) {
        var wanted = RunCommand.ChangeLoad.newBuilder().setId(change.id()).setScenario(change.scenario());
        @Nullable Double value = change.what().value();
        if (value != null) {
            wanted.setValue(value);
        }
        @Nullable Boolean paused = change.what().paused();
        if (paused != null) {
            wanted.setPaused(paused);
        }
        command(RunCommand.newBuilder().setRunId(runId).setChangeLoad(wanted).build());
    }

    private void command(RunCommand command) {
        String runId = command.getRunId();
        var _ = send(new ProducerRecord<>(Topics.RUN_COMMANDS, runId, command.toByteArray()))
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        log.warn(
                                "A command for run {} did not reach Kafka ({}): {}",
                                runId,
                                command.getKindCase(),
                                failure.toString());
                    }
                });
    }

    /**
     * Opens a run in its worker's stead.
     *
     * @throws LoadstarException if Kafka does not take it
     */
    void open(RunRow run, String project, RunPlan plan, RunKey key, Instant at) {
        var opened = RunOpened.newBuilder()
                .setProject(project)
                .setNumber(run.number())
                .setPlanJson(Json.write(plan))
                .setOpenedAtMillis(at.toEpochMilli());
        points(run, PointsRecord.newBuilder().setRunOpened(opened), key);
    }

    /**
     * Ends a run in its worker's stead.
     *
     * @throws LoadstarException if Kafka does not take it
     */
    void end(RunRow run, RunEnded ended, RunKey key) {
        points(run, PointsRecord.newBuilder().setRunEnded(ended), key);
    }

    /**
     * Says that a run is no longer kept.
     *
     * @throws LoadstarException if Kafka does not take it
     */
    void forget(RunRow run, RunKey key) {
        points(run, PointsRecord.newBuilder().setRunForgotten(RunForgotten.getDefaultInstance()), key);
    }

    private void points(RunRow run, PointsRecord.Builder content, RunKey key) {
        byte[] value = content.setRunId(run.id()).build().toByteArray();
        var points = new ProducerRecord<>(Topics.POINTS, run.id(), value);
        points.headers().add(Topics.SIGNATURE_HEADER, key.sign(value));
        try {
            send(points).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadstarException(ErrorCode.INTERNAL_ERROR, "Interrupted while writing to Kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new LoadstarException(ErrorCode.INTERNAL_ERROR, "Kafka does not take records: " + e.getMessage(), e);
        }
    }

    private CompletableFuture<?> send(ProducerRecord<String, byte[]> content) {
        try {
            return kafka.send(content);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        producers.destroy();
    }
}
