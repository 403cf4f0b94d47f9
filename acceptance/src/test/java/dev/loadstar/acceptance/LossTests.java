package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.RunDocument;
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
            executor(run, 2).destroyForcibly();
            awaitArrivalsAfter(target, killed.plusSeconds(5));
            Instant frozen = Instant.now();
            ProcessHandle freezing = executor(run, 3);
            signal("STOP", freezing);
            awaitArrivalsAfter(target, frozen.plusSeconds(8));
            signal("CONT", freezing);
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
        }
    }

    @Test
    void executorsEndTheirLoadByThemselvesWhenTheirWorkerIsKilled() throws Exception {
        try (var target = DemoTarget.start(0)) {
            RunDocument run = submit("orphaned", target, 2, "60s");
            await().atMost(MINUTES).until(() -> target.arrivals().size() > 2 * PER_SECOND);

            Instant killed = Instant.now();
            process(run, StandaloneServer.HOME.resolve("worker").toString()).destroyForcibly();
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

    private static ProcessHandle executor(RunDocument run, int number) {
        return process(run, "--executor " + number);
    }

    /** Itself, not the shell that keeps its exit code. */
    private static ProcessHandle process(RunDocument run, String like) {
        List<ProcessHandle> found = server.jobProcesses(run.id()).stream()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(process -> process.info().commandLine().orElse("").contains(like))
                .toList();
        assertThat(found).as(like).hasSize(1);
        return found.getFirst();
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
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
