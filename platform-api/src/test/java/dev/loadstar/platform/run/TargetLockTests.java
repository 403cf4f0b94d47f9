package dev.loadstar.platform.run;

import java.time.Duration;
import java.util.Map;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.platform.TestServer;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TargetLockTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static TestServer start() {
        return TestServer.start(TestValidating.class, Map.of("loadstar.runs.max-parallel", "10"));
    }

    private static RunDocument submit(Runs runs, String url, String target) {
        var overrides = new Overrides(Map.of(), target, Map.of());
        return runs.submit("default", new Submission.Git(url, null, "loadstar.json", null, overrides), "tester");
    }

    private static RunDocument awaitStatus(Runs runs, RunDocument run, RunStatus status) {
        return await().atMost(LONG).until(() -> runs.document("default", run.number()), now -> now.status() == status);
    }

    private static RunDocument awaitReason(Runs runs, RunDocument run) {
        return await().atMost(LONG).until(() -> runs.document("default", run.number()), now -> now.reason() != null);
    }

    @Test
    void aSecondRunOnTheSameHostWaitsForTheEndOfTheFirstAlsoWhenTheServerWasKilled() throws InterruptedException {
        TestServer killed = start();
        Runs before = killed.bean(Runs.class);
        RunDocument first = awaitStatus(before, submit(before, "ok:HOLD", "http://lock.invalid:1"), RunStatus.RUNNING);
        RunDocument second = awaitReason(before, submit(before, "ok:HOLD", "http://LOCK.invalid:2"));
        RunDocument other = submit(before, "ok:QUICK", "http://free.invalid");
        assertThat(second.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(second.reason()).isEqualTo("waits for run %d, which loads lock.invalid".formatted(first.number()));
        awaitStatus(before, other, RunStatus.FINISHED);
        killed.bean(Sweeper.class).stop();
        killed.bean(RunEventListener.class).stop();

        try (TestServer back = start()) {
            Runs runs = back.bean(Runs.class);
            RunDocument beside = awaitReason(runs, submit(runs, "ok:HOLD", "http://lock.invalid"));
            assertThat(beside.reason()).startsWith("waits for run %d, which is before it".formatted(second.number()));
            assertThat(runs.document("default", second.number()).status()).isEqualTo(RunStatus.QUEUED);

            runs.stop("default", first.number(), "ann");
            awaitStatus(runs, second, RunStatus.RUNNING);
            assertThat(runs.document("default", beside.number()).status()).isEqualTo(RunStatus.QUEUED);

            runs.stop("default", second.number(), "ann");
            awaitStatus(runs, beside, RunStatus.RUNNING);
            runs.stop("default", beside.number(), "ann");
            assertThat(runs.await("default", beside.number(), LONG).status()).isEqualTo(RunStatus.FINISHED);
        } finally {
            killed.close();
        }
    }

    @Test
    void aRunThatSharesItsTargetStartsAtOnceAndBothAreMarked() throws InterruptedException {
        try (TestServer server = start()) {
            Runs runs = server.bean(Runs.class);
            RunDocument first = awaitStatus(runs, submit(runs, "ok:HOLD", "http://both.invalid"), RunStatus.RUNNING);
            RunDocument second =
                    awaitStatus(runs, submit(runs, "shared:HOLD", "http://both.invalid"), RunStatus.RUNNING);

            runs.stop("default", first.number(), "ann");
            runs.stop("default", second.number(), "ann");

            assertThat(runs.await("default", first.number(), LONG).warnings())
                    .anyMatch(warning -> warning.startsWith("Run %d loads both.invalid".formatted(second.number())));
            assertThat(runs.await("default", second.number(), LONG).warnings())
                    .anyMatch(warning -> warning.startsWith("Run %d loads both.invalid".formatted(first.number())));
        }
    }
}
