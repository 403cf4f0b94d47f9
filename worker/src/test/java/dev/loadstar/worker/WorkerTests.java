package dev.loadstar.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.ExecutorOutcome;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.launcher.Job;
import dev.loadstar.worker.run.Runs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The worker as a process, with executor processes and a real broker. */
class WorkerTests {

    @TempDir
    private static Path folder = Path.of("");

    private static Installation installation;

    @BeforeAll
    static void install() throws Exception {
        installation = new Installation(folder);
        Listener.makeTopics(installation.bootstrap());
    }

    @AfterAll
    static void end() throws InterruptedException {
        installation.close();
    }

    @Test
    void runOfTwoExecutorsIsCompletedAndTold(TestInfo test) throws Exception {
        WorkerAssignment run = run(test, 2, Map.of("millis", "1000"));
        try (var listener = new Listener(installation.bootstrap(), run)) {
            installation.launch(run, Map.of());

            var points = listener.awaitPoints();
            assertThat(points)
                    .extracting(PointsRecord::getKindCase)
                    .containsExactly(PointsRecord.KindCase.RUN_OPENED, PointsRecord.KindCase.RUN_ENDED);
            RunEnded ended = points.getLast().getRunEnded();
            assertThat(ended.getEndReason()).isEqualTo("COMPLETED");
            assertThat(ended.getExecutorsList()).allSatisfy(executor -> {
                assertThat(executor.getStatus()).isEqualTo("FINISHED");
                assertThat(executor.getStartSkewMillis()).isEqualTo(1.5);
                assertThat(executor.getProducedAtLastHeartbeat()).isEqualTo(11);
                assertThat(executor.getWillSendEnd()).isTrue();
            });
            assertThat(listener.awaitEvent(RunEvent::hasRunEnded).getRunEnded()).isEqualTo(ended);
            assertThat(listener.events())
                    .extracting(RunEvent::getKindCase)
                    .startsWith(RunEvent.KindCase.WORKER_STARTED)
                    .containsSubsequence(
                            RunEvent.KindCase.EXECUTORS_READY,
                            RunEvent.KindCase.LOAD_STARTED,
                            RunEvent.KindCase.LOAD_ENDED,
                            RunEvent.KindCase.RUN_ENDED);
        }
        assertThat(installation.awaitWorker(run).exitCode()).isZero();
        assertThat(installation.executor(run, 1).exitCode()).isZero();
        assertThat(installation.executor(run, 2).exitCode()).isZero();
    }

    @Test
    void stopOrderedBeforeTheWorkerWasThereIsObeyed(TestInfo test) throws Exception {
        WorkerAssignment run = run(test, 1, Map.of());
        try (var listener = new Listener(installation.bootstrap(), run)) {
            listener.order("STOPPED_BY_USER", "stopped by ada");

            installation.launch(run, Map.of());

            RunEnded ended = listener.awaitPoints().getLast().getRunEnded();
            assertThat(ended.getEndReason()).isEqualTo("STOPPED_BY_USER");
            assertThat(ended.getDetail()).isEqualTo("stopped by ada");
        }
        assertThat(installation.awaitWorker(run).exitCode()).isZero();
    }

    @Test
    void stopOrderedUnderLoadEndsEveryExecutorInOrder(TestInfo test) throws Exception {
        WorkerAssignment run = run(test, 2, Map.of());
        try (var listener = new Listener(installation.bootstrap(), run)) {
            installation.launch(run, Map.of());
            listener.awaitEvent(RunEvent::hasLoadStarted);

            listener.order("STOPPED_BY_USER", "stopped by ada");

            RunEnded ended = listener.awaitPoints().getLast().getRunEnded();
            assertThat(ended.getByPerson()).isTrue();
            assertThat(ended.getExecutorsList()).allMatch(ExecutorOutcome::getWillSendEnd);
        }
        assertThat(installation.awaitWorker(run).exitCode()).isZero();
    }

    @Test
    void killedExecutorIsLostWithinASecondAndTheOtherGoesOn(TestInfo test) throws Exception {
        WorkerAssignment run = run(test, 2, Map.of("millis", "5000"));
        try (var listener = new Listener(installation.bootstrap(), run)) {
            installation.launch(run, Map.of());
            listener.awaitEvent(RunEvent::hasLoadStarted);

            Instant killed = Instant.now();
            ProcessHandle.of(installation.executor(run, 2).pid()).orElseThrow().destroyForcibly();

            RunEvent lost = listener.awaitEvent(event ->
                    event.getExecutorChanged().getExecutor().getStatus().equals("LOST"));
            assertThat(Duration.between(killed, Instant.ofEpochMilli(lost.getAtMillis())))
                    .isLessThan(Duration.ofSeconds(1));
            RunEnded ended = listener.awaitPoints().getLast().getRunEnded();
            assertThat(ended.getEndReason()).isEqualTo("COMPLETED");
            assertThat(ended.getExecutors(1).getExitCode()).isEqualTo(137);
            assertThat(ended.getExecutors(1).getLogTailList()).anyMatch(line -> line.startsWith("probe ["));
        }
    }

    @Test
    void frozenExecutorIsLostAndNotLeftBehind(TestInfo test) throws Exception {
        WorkerAssignment run = run(test, 2, Map.of("millis", "7000"));
        try (var listener = new Listener(installation.bootstrap(), run)) {
            installation.launch(run, Map.of());
            listener.awaitEvent(RunEvent::hasLoadStarted);

            new ProcessBuilder(
                            "kill",
                            "-STOP",
                            Long.toString(installation.executor(run, 1).pid()))
                    .start()
                    .waitFor();

            RunEnded ended = listener.awaitPoints().getLast().getRunEnded();
            assertThat(ended.getEndReason()).isEqualTo("COMPLETED");
            assertThat(ended.getExecutors(0).getStatus()).isEqualTo("LOST");
        }
        assertThat(installation.awaitWorker(run).exitCode()).isZero();
        assertThat(installation.executor(run, 1).isRunning()).isFalse();
    }

    @Test
    void executorThatCannotGetReadyEndsTheRunWithItsSentence(TestInfo test) throws Exception {
        WorkerAssignment run = run(test, 2, Map.of("probe", "refuse"));
        try (var listener = new Listener(installation.bootstrap(), run)) {
            installation.launch(run, Map.of());

            RunEnded ended = listener.awaitPoints().getLast().getRunEnded();
            assertThat(ended.getEndReason()).isEqualTo("NOT_READY");
            assertThat(ended.getErrorCode()).isEqualTo("target-unreachable");
            assertThat(ended.getDetail()).isEqualTo("Nobody is there.");
        }
        assertThat(installation.awaitWorker(run).exitCode()).isZero();
        assertThat(installation.launcher().list())
                .filteredOn(job -> job.run().equals(run.runId()))
                .noneMatch(Job::isRunning);
    }

    @Test
    void executorThatCrashesBeforeItIsReadyShowsItsLog(TestInfo test) throws Exception {
        WorkerAssignment run = run(test, 1, Map.of("probe", "crash"));
        try (var listener = new Listener(installation.bootstrap(), run)) {
            installation.launch(run, Map.of());

            RunEnded ended = listener.awaitPoints().getLast().getRunEnded();
            assertThat(ended.getEndReason()).isEqualTo("TOOL_FAILED");
            assertThat(ended.getExecutors(0).getExitCode()).isEqualTo(9);
            assertThat(ended.getExecutors(0).getLogTailList()).contains("the script broke me");
        }
    }

    @Test
    void workerThatIsAskedToEndEndsItsRunFirst(TestInfo test) throws Exception {
        WorkerAssignment run = run(test, 1, Map.of());
        try (var listener = new Listener(installation.bootstrap(), run)) {
            Job worker = installation.launch(run, Map.of());
            listener.awaitEvent(RunEvent::hasLoadStarted);

            installation.launcher().stop(worker.id(), Duration.ofSeconds(30));

            RunEnded ended = listener.awaitPoints().getLast().getRunEnded();
            assertThat(ended.getEndReason()).isEqualTo("PLATFORM_ERROR");
            assertThat(ended.getDetail()).contains("asked to end");
        }
        installation.awaitWorker(run);
        await().until(() -> !installation.executor(run, 1).isRunning());
    }

    @Test
    void runGoesOnWhileTheBrokerIsAwayAndIsToldWhenItIsBack(TestInfo test) throws Exception {
        WorkerAssignment run = run(test, 1, Map.of("millis", "3000"));
        try (var listener = new Listener(installation.bootstrap(), run)) {
            installation.launch(run, Map.of());
            listener.awaitEvent(RunEvent::hasLoadStarted);
            installation.stopKafka();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !installation.executor(run, 1).isRunning());
            assertThat(installation.executor(run, 1).exitCode()).isZero();

            installation.startKafka();

            assertThat(listener.awaitPoints().getLast().getRunEnded().getEndReason())
                    .isEqualTo("COMPLETED");
        }
        assertThat(installation.awaitWorker(run).exitCode()).isZero();
    }

    @Test
    void runEndsByItselfWhenTheServerStaysAway(TestInfo test) throws Exception {
        WorkerAssignment run = run(test, 1, Map.of());
        try (var listener = new Listener(installation.bootstrap(), run)) {
            installation.launch(run, Map.of("LOADSTAR_SERVER_AWAY", "PT6S"));
            listener.awaitEvent(RunEvent::hasLoadStarted);
        }
        installation.stopKafka();
        try {
            // Nobody could be told.
            assertThat(installation.awaitWorker(run).exitCode()).isOne();
            assertThat(installation.executor(run, 1).exitCode()).isZero();
        } finally {
            installation.startKafka();
        }
    }

    private static WorkerAssignment run(TestInfo test, int executors, Map<String, String> properties) {
        String id = test.getTestMethod().orElseThrow().getName();
        return new WorkerAssignment(
                id,
                "default",
                1,
                Instant.now(),
                Runs.closedPlan(executors, OnLoss.CONTINUE, properties),
                RunKey.derive(new byte[] {1}, id).toHex(),
                installation.bootstrap(),
                installation.home().toString(),
                installation.jobs().toString(),
                installation.blobs().toString(),
                Map.of());
    }
}
