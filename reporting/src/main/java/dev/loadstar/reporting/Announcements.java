package dev.loadstar.reporting;

import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.wire.RunCommand;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.Topics;
import dev.loadstar.results.BrokenRule;
import dev.loadstar.results.Judgement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What reporting tells others. Live views are told once and may be lost. Results are told until Kafka has taken them, also
 * after a restart; hearing one twice changes nothing.
 */
final class Announcements {

    private static final Logger log = LoggerFactory.getLogger(Announcements.class);
    private static final Executor BACKGROUND = Thread::startVirtualThread;

    private final KafkaTemplate<String, byte[]> kafka;
    private final Transactions transactions;
    private final Clock clock;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Announcements(KafkaTemplate<String, byte[]> kafka, Transactions transactions, Clock clock) {
        this.kafka = kafka;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Sends without waiting; a broker that is away has missed this one. */
    void tick(LiveView view) {
        byte[] value = Json.write(view).getBytes(UTF_8);
        BACKGROUND.execute(() -> {
            var _ = kafka.send(Topics.TICKS, view.runId(), value).exceptionally(e -> {
                log.debug("a tick was not sent: {}", e.getMessage());
                return null;
            });
        });
    }

    /** Orders the end of a run without waiting; whoever orders repeats it until it is obeyed. */
    void stop(String runId, BrokenRule rule) {
        byte[] value = RunCommand.newBuilder()
                .setRunId(runId)
                .setStop(RunCommand.Stop.newBuilder()
                        .setEndReason(EndReason.STOPPED_BY_RULE.name())
                        .setDetail(rule.sentence()))
                .build()
                .toByteArray();
        BACKGROUND.execute(() -> {
            var _ = kafka.send(Topics.RUN_COMMANDS, runId, value).exceptionally(e -> {
                log.warn("The order to end run {} is given again: {}", runId, e.getMessage());
                return null;
            });
        });
    }

    /** Sends every result of these partitions that is not yet known to be sent. */
    void sendResults(Collection<Integer> partitions) {
        for (var unsent : transactions.run(connection -> ResultTable.unsent(connection, partitions))) {
            if (underWay.add(unsent.runId())) {
                BACKGROUND.execute(() -> send(unsent));
            }
        }
    }

    private void send(ResultTable.Unsent result) {
        try {
            byte[] value = event(result).toByteArray();
            kafka.send(Topics.RUN_EVENTS, result.runId(), value).join();
            transactions.run(connection -> {
                ResultTable.sent(connection, result.runId(), clock.instant());
                return result;
            });
        } catch (RuntimeException e) {
            log.warn("The result of run {} is told again later: {}", result.runId(), e.getMessage());
        } finally {
            underWay.remove(result.runId());
        }
    }

    private RunEvent event(ResultTable.Unsent result) {
        Judgement judgement = result.judgement();
        var wouldBe = judgement.wouldBe();
        return RunEvent.newBuilder()
                .setRunId(result.runId())
                .setAtMillis(clock.millis())
                .setReported(RunEvent.Reported.newBuilder()
                        .setVerdict(judgement.verdict().name())
                        .setWouldBe(wouldBe == null ? "" : wouldBe.name())
                        .setReason(judgement.reason())
                        .setEndReason(judgement.endReason().name())
                        .setErrorCode(orEmpty(judgement.errorCode())))
                .build();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
