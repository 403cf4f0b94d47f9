package dev.loadstar.platform.run;

import java.time.Duration;
import java.util.Map;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.launcher.Launcher;
import dev.loadstar.platform.TestServer;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class AdoptionTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static TestServer start() {
        return TestServer.start(TestValidating.class, Map.of("loadstar.runs.max-parallel", "10"));
    }

    private static RunDocument submit(TestServer server, String url, RunStatus until) {
        Runs runs = server.bean(Runs.class);
        var run =
                runs.submit("default", new Submission.Git(url, null, "loadstar.json", null, Overrides.NONE), "tester");
        return await().atMost(LONG).until(() -> runs.document("default", run.number()), now -> now.status() == until);
    }

    /** What of a killed server matters to its runs: nobody listens, nobody looks after them, nothing is drained. */
    private static void kill(TestServer server) {
        server.bean(Sweeper.class).stop();
        server.bean(RunEventListener.class).stop();
    }

    @Test
    void aServerThatIsBackAdoptsWhatItFinds() throws InterruptedException {
        TestServer killed = start();
        RunDocument living = submit(killed, "ok:HOLD", RunStatus.RUNNING);
        RunDocument dead = submit(killed, "ok:HOLD", RunStatus.RUNNING);
        RunDocument validating = submit(killed, "slow:", RunStatus.VALIDATING);
        kill(killed);
        killed.bean(Launcher.class).stop(dead.id() + "-worker", Duration.ZERO);

        try (TestServer back = start()) {
            Runs runs = back.bean(Runs.class);
            assertThat(runs.await("default", dead.number(), LONG).endReason()).isEqualTo(EndReason.WORKER_LOST);
            assertThat(runs.document("default", living.number()).status()).isEqualTo(RunStatus.RUNNING);
            TestValidating.SLOW.release(2);
            assertThat(runs.await("default", validating.number(), LONG).endReason())
                    .isEqualTo(EndReason.COMPLETED);

            runs.stop("default", living.number(), "ann");

            assertThat(runs.await("default", living.number(), LONG).verdict()).isEqualTo(Verdict.ABORTED);
        } finally {
            killed.close();
        }
    }

    @Test
    void aServerThatIsAskedToEndStopsItsRunsWithANamedReason() {
        TestServer server = start();
        RunDocument running = submit(server, "ok:HOLD", RunStatus.RUNNING);
        RunDocument validating = submit(server, "slow:", RunStatus.VALIDATING);

        server.close();

        try (TestServer back = start()) {
            Runs runs = back.bean(Runs.class);
            RunDocument end = runs.document("default", running.number());
            assertThat(end.status()).isEqualTo(RunStatus.FINISHED);
            assertThat(end.verdict()).isEqualTo(Verdict.ABORTED);
            assertThat(end.reason()).contains("the server was shut down");
            assertThat(runs.document("default", validating.number()).verdict()).isEqualTo(Verdict.ABORTED);
        }
    }
}
