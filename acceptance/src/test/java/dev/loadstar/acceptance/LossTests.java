package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunDocument.Ledger;
import dev.loadstar.demo.Arrival;
import dev.loadstar.demo.DemoTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Executors and workers that go while load runs, seen by what arrives at the target. The load is 20 users that think for
 * 200 ms after each answer: 100 requests per second and not one more.
 */
class LossTests {

    private static final Duration MINUTES = Duration.ofMinutes(2);
    private static final int USERS = 20;
    private static final int PER_SECOND = 100;

    @TempDir
    private static Path folder;

    private static StandaloneServer server;

    @BeforeAll
    static void start() throws IOException {
        server = StandaloneServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void othersMakeTheLoadOfAnExecutorThatIsKilledAndOfOneThatFreezesForAWhile() throws Exception {
        try (var target = DemoTarget.start(0)) {
            RunDocument run = submit("lost", target, 4, "20s");
            await().atMost(MINUTES).until(() -> target.arrivals().size() > 2 * PER_SECOND);

            Instant killed = Instant.now();
            processes(run).executor(2).destroyForcibly();
            awaitArrivalsAfter(target, killed.plusSeconds(5));
            Instant frozen = Instant.now();
            ProcessHandle freezing = processes(run).executor(3);
            RunProcesses.freeze(freezing);
            awaitArrivalsAfter(target, frozen.plusSeconds(8));
            RunProcesses.thaw(freezing);
            RunDocument ended = server.api().awaitFinished(run.number(), MINUTES);

            assertThat(ended.endReason()).as(ended.reason()).isEqualTo(EndReason.COMPLETED);
            assertThat(arrivals(target, killed.plusSeconds(3), killed.plusSeconds(5)))
                    .as("the full rate again after the kill")
                    .isGreaterThan(2 * PER_SECOND * 80 / 100);
            assertThat(arrivals(target, frozen.plusSeconds(6), frozen.plusSeconds(8)))
                    .as("the full rate again after the freeze")
                    .isGreaterThan(2 * PER_SECOND * 80 / 100);
            assertThat(arrivals(target, frozen.plusSeconds(2), frozen.plusSeconds(4)))
                    .as("nobody else has the share before its lease is over")
                    .isLessThan(2 * PER_SECOND * 90 / 100);
            for (Instant second = killed; second.isBefore(frozen.plusSeconds(12)); second = second.plusMillis(250)) {
                assertThat(arrivals(target, second, second.plusSeconds(1)))
                        .as("the second from %s on", second)
                        .isLessThanOrEqualTo(PER_SECOND * 101 / 100);
            }
            assertThat(ended.executors())
                    .extracting(RunDocument.ExecutorResult::status)
                    .containsExactly(
                            ExecutorStatus.FINISHED, ExecutorStatus.LOST, ExecutorStatus.LOST, ExecutorStatus.FINISHED);
            assertThat(ended.warnings())
                    .anyMatch(warning -> warning.startsWith("2 of 4 executors were lost.")
                            && warning.contains("25% of 'wait' (executor 2) was missing"));
            assertLedgerIsBounded(ended, target.arrivals().size());
        }
    }

    @Test
    void executorsEndTheirLoadByThemselvesWhenTheirWorkerIsKilled() throws Exception {
        try (var target = DemoTarget.start(0)) {
            RunDocument run = submit("orphaned", target, 2, "60s");
            await().atMost(MINUTES).until(() -> target.arrivals().size() > 2 * PER_SECOND);

            Instant killed = Instant.now();
            processes(run).worker().destroyForcibly();
            RunDocument ended = server.api().awaitFinished(run.number(), MINUTES);

            assertThat(ended.endReason()).isEqualTo(EndReason.WORKER_LOST);
            await("no process of the run is left")
                    .atMost(MINUTES)
                    .until(() -> server.jobProcesses(run.id()).isEmpty());
            Instant last = at(target.arrivals().getLast());
            assertThat(Duration.between(killed, last)).isLessThan(Duration.ofSeconds(10));
            assertThat(Objects.requireNonNull(ended.summary()).requests()).isGreaterThan(PER_SECOND);
        }
    }

    /**
     * Of each lost executor at most what its users had on the way, and what it made in the two seconds before its last
     * record: the one that is told when it is over, and half a second to the next heartbeat.
     */
    private static void assertLedgerIsBounded(RunDocument run, long arrived) {
        long share = USERS / 4 + 2 * PER_SECOND / 4;
        assertThat(run.executors()).allSatisfy(executor -> {
            Ledger ledger = Objects.requireNonNull(executor.ledger());
            assertThat(ledger.produced()).isEqualTo(ledger.stored() + ledger.declaredLost() + ledger.unknown());
            long missing = ledger.declaredLost() + ledger.unknown();
            assertThat(missing).isBetween(0L, executor.status() == ExecutorStatus.LOST ? share : 0L);
        });
        long stored = run.executors().stream()
                .mapToLong(RunDocument.ExecutorResult::requests)
                .sum();
        assertThat(arrived).isBetween(stored, stored + 2 * share);
    }

    private static RunDocument submit(String name, DemoTarget target, int executors, String duration)
            throws IOException {
        String definition = """
                {
                  "version": "loadstar/v1",
                  "name": "%s",
                  "target": {"baseUrl": "http://127.0.0.1:%d"},
                  "scenarios": [{
                    "name": "wait",
                    "tool": "jmeter",
                    "requests": [{"name": "home", "path": "/", "thinkTime": {"min": "200ms", "max": "200ms"}}],
                    "load": {"users": %d, "duration": "%s"}
                  }],
                  "executors": {"count": %d, "onLoss": "redistribute"},
                  "validity": {"maxStartSkew": "10s", "maxGeneratorCpu": "100%%"}
                }
                """.formatted(name, target.port(), USERS, duration, executors);
        var files = Map.of("loadstar.json", definition);
        return server.api().submit(GitRepository.with(folder.resolve(name), files));
    }

    private static RunProcesses processes(RunDocument run) {
        return new RunProcesses(server, run);
    }

    private static void awaitArrivalsAfter(DemoTarget target, Instant time) {
        await().atMost(MINUTES).until(() -> at(target.arrivals().getLast()).isAfter(time));
    }

    private static Instant at(Arrival arrival) {
        return Instant.EPOCH.plus(arrival.micros(), ChronoUnit.MICROS);
    }

    private static long arrivals(DemoTarget target, Instant from, Instant to) {
        return target.arrivals().stream()
                .filter(arrival -> !at(arrival).isBefore(from) && at(arrival).isBefore(to))
                .count();
    }
}
