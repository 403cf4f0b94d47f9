package dev.loadstar.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.demo.DemoTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Kill -9 of the server takes API, reporting and the Kafka broker with it, and PostgreSQL may be gone before; runs go on and are adopted. */
class KilledServerTests {

    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void runGoesOnWithoutItsServerAndEndsWithEqualCounts() throws Exception {
        try (var server = StandaloneServer.start(folder.resolve("data"));
                var target = DemoTarget.start(0)) {
            LoadTest test = LoadTest.closed(target.port(), 2, 4, "20s", "errors < 1%");
            RunDocument run = server.api().submit(GitRepository.with(folder.resolve("repository"), test.files()));
            server.api().await(run.number(), TWO_MINUTES, now -> now.status() == RunStatus.RUNNING);
            await().atMost(TWO_MINUTES).until(() -> target.arrivals().size() > 100);

            server.killDatabase();
            server.kill();
            int whenKilled = target.arrivals().size();
            await("load goes on without a server")
                    .atMost(TWO_MINUTES)
                    .until(() -> target.arrivals().size() > whenKilled + 100);
            server.restart();
            RunDocument ended = server.api().awaitFinished(run.number(), TWO_MINUTES);

            assertThat(ended.endReason()).isEqualTo(EndReason.COMPLETED);
            assertThat(ended.verdict()).as(ended.reason()).isEqualTo(Verdict.PASSED);
            assertThat(Counts.perLabel(ended)).isEqualTo(Counts.perLabel(target));
            long arrived = target.arrivals().size();
            assertThat(Objects.requireNonNull(ended.ledger()))
                    .isEqualTo(new RunDocument.Ledger(arrived, arrived, 0, 0));
            await("no process is left")
                    .atMost(TWO_MINUTES)
                    .until(() -> server.jobProcesses().isEmpty());
        }
    }

    @Test
    void terminatedServerStopsItsRunsWithANamedReasonAndLeavesNoProcess() throws Exception {
        try (var server = StandaloneServer.start(folder.resolve("data"));
                var target = DemoTarget.start(0)) {
            LoadTest test = LoadTest.closed(target.port(), 1, 2, "60s");
            RunDocument run = server.api().submit(GitRepository.with(folder.resolve("repository"), test.files()));
            await().atMost(TWO_MINUTES).until(() -> target.arrivals().size() > 20);

            server.terminate();

            assertThat(server.jobProcesses()).isEmpty();
            server.restart();
            RunDocument ended = server.api().awaitFinished(run.number(), TWO_MINUTES);
            assertThat(ended.endReason()).isEqualTo(EndReason.STOPPED_BY_USER);
            assertThat(ended.reason()).contains("server was shut down");
        }
    }
}
