package dev.loadstar.worker.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.RunCommand;
import dev.loadstar.contract.wire.Topics;
import dev.loadstar.worker.run.Message;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to {@code run-commands} from the submission of the run on, so that an order given before the worker was there is
 * obeyed too. Notes by the way for how long no broker has answered.
 */
public final class CommandReader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CommandReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PROBE_EVERY = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** Broker and server may disagree a little about the time. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private final WorkerAssignment run;
    private final Duration away;
    private final Consumer<Message> messages;
    private final Thread thread = Thread.ofPlatform().daemon().name("commands").unstarted(this::read);
    private volatile boolean closed;
    private long answered = System.nanoTime();
    private boolean positioned;

    /** @param away told as {@link Message.PlatformAway} when no broker has answered for so long */
    public CommandReader(WorkerAssignment run, Duration away, Consumer<Message> messages) {
        this.run = run;
        this.away = away;
        this.messages = messages;
    }

    public void start() {
        thread.start();
    }

    private void read() {
        try (var consumer = connect()) {
            while (!closed) {
                try {
                    step(consumer);
                } catch (InterruptException e) {
                    closed = true;
                } catch (KafkaException e) {
                    log.debug("Kafka is away: {}", e.toString());
                }
                tellWhenAway();
            }
            // The order to end came as an interrupt; it must not disturb the closing.
            Thread.interrupted();
        }
    }

    private KafkaConsumer<String, byte[]> connect() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        run.kafkaBootstrap(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        2_000,
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        1_000,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        5_000,
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        4_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private void step(KafkaConsumer<String, byte[]> consumer) {
        if (!positioned) {
            position(consumer);
            positioned = true;
            answered = System.nanoTime();
        }
        consumer.poll(POLL).forEach(command -> {
            answered = System.nanoTime();
            if (run.runId().equals(command.key())) {
                obey(command.value());
            }
        });
        if (silence().compareTo(PROBE_EVERY) > 0) {
            consumer.endOffsets(consumer.assignment(), ANSWER);
            answered = System.nanoTime();
        }
    }

    private void position(KafkaConsumer<String, byte[]> consumer) {
        int partitions = consumer.partitionsFor(Topics.RUN_COMMANDS, ANSWER).size();
        byte[] key = run.runId().getBytes(StandardCharsets.UTF_8);
        // As the producers' default partitioner does.
        int partition = Utils.toPositive(Utils.murmur2(key)) % Math.max(1, partitions);
        var place = new TopicPartition(Topics.RUN_COMMANDS, partition);
        Instant since = run.submitted().minus(CLOCK_TOLERANCE);
        @Nullable
        OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(place, since.toEpochMilli()), ANSWER)
                .get(place);
        consumer.assign(List.of(place));
        if (first == null) {
            // Nothing since then: all there is belongs to other runs, and what comes now must not be missed.
            consumer.seekToBeginning(List.of(place));
        } else {
            consumer.seek(place, first.offset());
        }
    }

    private void obey(byte[] value) {
        try {
            RunCommand command = RunCommand.parseFrom(value);
            switch (command.getKindCase()) {
                case STOP -> {
                    RunCommand.Stop stop = command.getStop();
                    messages.accept(new Message.StopOrdered(reason(stop), stop.getDetail(), stop.getByPerson()));
                }
                case CHANGE_LOAD -> messages.accept(change(command.getChangeLoad()));
                case KIND_NOT_SET -> log.warn("A command of an unknown kind is left out");
            }
        } catch (InvalidProtocolBufferException e) {
            log.warn("A command that cannot be read is left out: {}", e.toString());
        }
    }

    private static Message change(RunCommand.ChangeLoad wanted) {
        return new Message.LoadChange(
                wanted.getId(),
                wanted.getScenario(),
                wanted.hasValue() ? Double.valueOf(wanted.getValue()) : null,
                wanted.hasPaused() ? Boolean.valueOf(wanted.getPaused()) : null);
    }

    private static EndReason reason(RunCommand.Stop stop) {
        try {
            return EndReason.valueOf(stop.getEndReason());
        } catch (IllegalArgumentException e) {
            // A newer server knows more reasons; the order to stop is what counts.
            return stop.getByPerson() ? EndReason.STOPPED_BY_USER : EndReason.STOPPED_BY_RULE;
        }
    }

    private void tellWhenAway() {
        if (silence().compareTo(away) > 0) {
            messages.accept(new Message.PlatformAway(silence()));
        }
    }

    private Duration silence() {
        return Duration.ofNanos(System.nanoTime() - answered);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
