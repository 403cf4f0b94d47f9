package dev.loadstar.platform.run;

import java.time.Duration;
import java.util.Map;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.platform.TestServer;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DeadlineTests {

    private final OffsetClock clock = new OffsetClock();
    private TestServer server;
    private Runs runs;

    @BeforeEach
    void start() {
        server = TestServer.start(
                TestValidating.class,
                Map.of("loadstar.runs.stop-patience", "2s", "loadstar.runs.max-parallel", "1"),
                clock,
                clock::nanoTime);
        runs = server.bean(Runs.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RunDocument submit(String url, RunStatus until) {
        var run =
                runs.submit("default", new Submission.Git(url, null, "loadstar.json", null, Overrides.NONE), "tester");
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> runs.document("default", run.number()), now -> now.status() == until);
    }

    private RunDocument awaitEnd(RunDocument run) throws InterruptedException {
        return runs.await("default", run.number(), Duration.ofSeconds(60));
    }

    @Test
    void validatingAndWaitingAndProvisioningEndInTime() throws InterruptedException {
        RunDocument slow = submit("slow:", RunStatus.VALIDATING);
        RunDocument stuck = submit("ok:STUCK", RunStatus.PROVISIONING);
        RunDocument waiting = submit("ok:QUICK", RunStatus.QUEUED);

        clock.forward(Duration.ofMinutes(6));

        RunDocument end = awaitEnd(slow);
        assertThat(end.endReason()).isEqualTo(EndReason.PLATFORM_ERROR);
        assertThat(end.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(end.error()).isEqualTo("timed-out");
        assertThat(awaitEnd(stuck).endReason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(awaitEnd(waiting).endReason()).as("its turn came").isEqualTo(EndReason.COMPLETED);
    }

    @Test
    void clockThatIsSetEndsNothing() throws InterruptedException {
        RunDocument running = submit("ok:HOLD", RunStatus.RUNNING);
        RunDocument waiting = submit("ok:QUICK", RunStatus.QUEUED);

        clock.set(Duration.ofHours(30));
        RunDocument refused = submit("refused:", RunStatus.FINISHED);
        clock.set(Duration.ofHours(-40));
        RunDocument again = submit("refused:", RunStatus.FINISHED);

        assertThat(refused.endReason()).isEqualTo(EndReason.REFUSED);
        assertThat(again.endReason()).isEqualTo(EndReason.REFUSED);
        assertThat(runs.document("default", running.number()).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(runs.document("default", waiting.number()).status()).isEqualTo(RunStatus.QUEUED);
        runs.stop("default", running.number(), "ann");
        assertThat(awaitEnd(running).verdict()).isEqualTo(Verdict.ABORTED);
        assertThat(awaitEnd(waiting).endReason()).isEqualTo(EndReason.COMPLETED);
    }

    @Test
    void runningAndTheQueueEndInTime() throws InterruptedException {
        RunDocument deaf = submit("ok:DEAF", RunStatus.RUNNING);
        RunDocument waiting = submit("ok:QUICK", RunStatus.QUEUED);

        server.bean(Sweeper.class).dispatchNoMore();
        clock.forward(Duration.ofHours(25));

        RunDocument end = awaitEnd(deaf);
        assertThat(end.endReason()).isEqualTo(EndReason.TIMED_OUT);
        assertThat(end.verdict()).isEqualTo(Verdict.ERRORED);
        RunDocument never = awaitEnd(waiting);
        assertThat(never.endReason()).isEqualTo(EndReason.NO_CAPACITY);
        assertThat(never.verdict()).isEqualTo(Verdict.ERRORED);
    }
}
