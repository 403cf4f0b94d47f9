package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.LoadChange;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.demo.Arrival;
import dev.loadstar.demo.DemoTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LiveChangeTests {

    private static final Duration MINUTES = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void loadIsPausedResumedAndSetWhileItRunsAndJudgedByWhatItWasChangedTo() throws IOException {
        try (var server = StandaloneServer.start(folder.resolve("data"));
                var target = DemoTarget.start(0)) {
            LoadTest test = LoadTest.closed(target.port(), 2, 4, "14s");
            RunDocument run = server.api().submit(GitRepository.with(folder.resolve("repository"), test.files()));
            server.api().await(run.number(), MINUTES, now -> now.status() == RunStatus.RUNNING);
            await().atMost(MINUTES).until(() -> target.arrivals().size() > 50);

            applied(server, run, "{\"paused\": true}");
            await("no request for a second")
                    .atMost(MINUTES)
                    .until(() -> silence(target).compareTo(Duration.ofSeconds(1)) > 0);
            int before = target.arrivals().size();
            applied(server, run, "{\"paused\": false}");
            await("load again").atMost(MINUTES).until(() -> target.arrivals().size() > before + 20);
            applied(server, run, "{\"users\": 1}");
            RunDocument ended = server.api().awaitFinished(run.number(), MINUTES);

            assertThat(ended.endReason()).as(ended.reason()).isEqualTo(EndReason.COMPLETED);
            assertThat(ended.changed()).isTrue();
            assertThat(ended.loadChanges())
                    .extracting(LoadChange::status)
                    .containsExactly(LoadChange.Status.APPLIED, LoadChange.Status.APPLIED, LoadChange.Status.APPLIED);
            assertThat(ended.stages())
                    .filteredOn(stage -> stage.name().equals("hold"))
                    .singleElement()
                    .satisfies(stage -> {
                        assertThat(stage.plannedUsers()).isEqualTo(1);
                        assertThat(Objects.requireNonNull(stage.loadDelivered()))
                                .isGreaterThan(0.8);
                    });
        }
    }

    private static void applied(StandaloneServer server, RunDocument run, String change) {
        var answer = server.api().patch("/api/v1/projects/default/runs/%d/load".formatted(run.number()), change);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        server.api()
                .await(run.number(), MINUTES, now -> now.loadChanges().getLast().status() == LoadChange.Status.APPLIED);
    }

    private static Duration silence(DemoTarget target) {
        Arrival last = target.arrivals().getLast();
        return Duration.between(Instant.EPOCH.plus(last.micros(), ChronoUnit.MICROS), Instant.now());
    }
}
