package dev.loadstar.executor.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Future;

import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.contract.wire.Topics;
import dev.loadstar.executor.log.JobLog;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is in the spool, in order and signed, for as long as it takes. A broker that is away makes the spool grow and
 * nothing else. After a failure that the producer cannot heal itself a new one begins again at the first record that was
 * not acknowledged; readers drop what they had already.
 */
public final class SpoolSender implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Spool spool;
    private final String runId;
    private final RunKey key;
    private final Properties config;
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean broken;
    private volatile boolean waiting;

    public SpoolSender(Spool spool, String kafkaBootstrap, String runId, String clientId, RunKey key) {
        this.spool = spool;
        this.runId = runId;
        this.key = key;
        this.config = config(kafkaBootstrap, clientId);
        this.thread = Thread.ofPlatform().daemon().name("spool-sender").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Stops sending; what is not acknowledged stays in the spool. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                sendWithNewProducer();
            }
        } catch (InterruptedException | InterruptException e) {
            closed = true; // nobody but close() interrupts
        }
    }

    private void sendWithNewProducer() throws InterruptedException {
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            broken = false;
            spool.rewind();
            try {
                sendAll(producer);
            } finally {
                producer.close(Duration.ZERO);
            }
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | IOException e) {
            JobLog.error("sending points failed; beginning anew with the first one that was not acknowledged", e);
            broken = true;
        }
        if (broken) {
            Thread.sleep(PAUSE);
        }
    }

    private void sendAll(KafkaProducer<String, byte[]> producer) throws InterruptedException, IOException {
        while (!closed && !broken) {
            Spool.Entry entry = spool.next(IDLE);
            if (entry != null) {
                send(producer, entry);
            }
        }
    }

    /** Where no partition is known or the producer's buffer is full, this waits, and the spool grows. */
    private void send(KafkaProducer<String, byte[]> producer, Spool.Entry entry) {
        var record = new ProducerRecord<>(Topics.POINTS, runId, entry.record());
        record.headers().add(Topics.SIGNATURE_HEADER, key.sign(entry.record()));
        while (!closed && !broken) {
            Future<RecordMetadata> sending = producer.send(record, (_, failure) -> {
                if (Thread.currentThread() != thread) {
                    sent(entry, failure);
                }
            });
            Throwable atOnce = sending.state() == Future.State.FAILED ? sending.exceptionNow() : null;
            if (!(atOnce instanceof TimeoutException)) {
                if (atOnce != null) {
                    sent(entry, atOnce);
                }
                return;
            }
            sayWaiting(atOnce);
        }
    }

    private void sent(Spool.Entry entry, @Nullable Throwable failure) {
        if (failure == null) {
            spool.acknowledge(entry);
            sayAnswers();
        } else if (failure instanceof RecordTooLargeException) {
            JobLog.warn(
                    "a record of %d bytes is too large for the broker and is lost".formatted(entry.record().length));
            spool.acknowledge(entry);
        } else if (!closed) {
            JobLog.warn("Kafka did not take a record: " + failure);
            broken = true;
        }
    }

    private void sayAnswers() {
        if (waiting) {
            waiting = false;
            JobLog.info("Kafka takes points again");
        }
    }

    private void sayWaiting(Throwable e) {
        if (!waiting) {
            waiting = true;
            JobLog.warn(
                    "Kafka does not answer (%s); points wait on the disk, the load goes on".formatted(e.getMessage()));
        }
    }

    private static Properties config(String kafkaBootstrap, String clientId) {
        var config = new Properties();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafkaBootstrap);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        // Halves a busy second's histograms; of the codecs the one that the JDK brings itself.
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        config.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 50);
        config.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000);
        config.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 60_000);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
        config.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return config;
    }
}
