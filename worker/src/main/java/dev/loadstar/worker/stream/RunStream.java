package dev.loadstar.worker.stream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.PlanRevised;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.RunOpened;
import dev.loadstar.contract.wire.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the worker tells: the first and the last record of its run on {@code points}, signed, and events on
 * {@code run-events}, each in order. Telling never waits; a broker that is away is waited for in the background.
 */
public final class RunStream implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunStream.class);

    private final WorkerAssignment run;
    private final RunKey key;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("stream").factory());

    /** Made by the sender's thread: loading Kafka's classes takes as long as all else that a worker does before it launches. */
    private final CompletableFuture<KafkaProducer<String, byte[]>> producer;

    /** @param patience how long a record may wait for the broker before it is given up */
    public RunStream(WorkerAssignment run, Duration patience) {
        this.run = run;
        this.key = RunKey.ofHex(run.runKey());
        var settings = settings(run.kafkaBootstrap(), patience);
        this.producer = CompletableFuture.supplyAsync(
                () -> new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()), sender);
    }

    private static Map<String, Object> settings(String bootstrap, Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                millis,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                millis,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Math.min(5_000, millis),
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                8L * 1024 * 1024,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                8 * 1024 * 1024);
    }

    /** The run's first record; {@code acknowledged} runs once Kafka has it. */
    public void open(long atMillis, Runnable acknowledged) {
        var opened = RunOpened.newBuilder()
                .setProject(run.project())
                .setNumber(run.number())
                .setPlanJson(Json.write(run.plan()))
                .setOpenedAtMillis(atMillis);
        points(PointsRecord.newBuilder().setRunOpened(opened), acknowledged);
    }

    /** A person changed the load. */
    public void revised(PlanRevised revised) {
        points(PointsRecord.newBuilder().setPlanRevised(revised), () -> {});
    }

    /** The run's last record. */
    public void end(RunEnded ended) {
        points(PointsRecord.newBuilder().setRunEnded(ended), () -> {});
    }

    public void event(RunEvent event) {
        send(new ProducerRecord<>(Topics.RUN_EVENTS, run.runId(), event.toByteArray()), () -> {});
    }

    private void points(PointsRecord.Builder content, Runnable acknowledged) {
        byte[] value = content.setRunId(run.runId()).build().toByteArray();
        var points = new ProducerRecord<>(Topics.POINTS, run.runId(), value);
        points.headers().add(Topics.SIGNATURE_HEADER, key.sign(value));
        send(points, acknowledged);
    }

    private void send(ProducerRecord<String, byte[]> content, Runnable acknowledged) {
        sender.execute(() -> {
            try {
                var _ = producer.join().send(content, (_, error) -> {
                    if (error == null) {
                        acknowledged.run();
                    } else {
                        log.error("Kafka did not take a record of {}: {}", content.topic(), error.toString());
                    }
                });
            } catch (KafkaException | CompletionException e) {
                log.error("Kafka did not take a record of {}: {}", content.topic(), e.toString());
            }
        });
    }

    /**
     * Waits until everything told so far is acknowledged or given up.
     *
     * @return false if it is still under way when the time is over
     */
    public boolean flush(Duration atMost) throws InterruptedException {
        var flushed = new CountDownLatch(1);
        sender.execute(() -> {
            producer.join().flush();
            flushed.countDown();
        });
        return flushed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        sender.shutdownNow();
        producer.thenAccept(made -> made.close(Duration.ofSeconds(2))).join();
    }
}
