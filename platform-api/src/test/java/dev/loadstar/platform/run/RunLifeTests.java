package dev.loadstar.platform.run;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.platform.TestServer;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RunLifeTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static TestServer server;
    private static Runs runs;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                TestValidating.class, Map.of("loadstar.runs.stop-patience", "3s", "loadstar.runs.max-parallel", "2"));
        runs = server.bean(Runs.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RunDocument submit(String url) {
        return runs.submit("default", new Submission.Git(url, null, "loadstar.json", null, Overrides.NONE), "tester");
    }

    private static RunDocument awaitStatus(RunDocument run, RunStatus status) {
        return await().atMost(LONG).until(() -> runs.document("default", run.number()), now -> now.status() == status);
    }

    private static RunDocument awaitEnd(RunDocument run) throws InterruptedException {
        RunDocument end = runs.await("default", run.number(), LONG);
        assertThat(end.status()).isEqualTo(RunStatus.FINISHED);
        return end;
    }

    @Test
    void aRunGoesItsWayToAVerdict() throws InterruptedException {
        RunDocument submitted = submit("ok:QUICK");
        assertThat(submitted.status()).isEqualTo(RunStatus.VALIDATING);

        RunDocument end = awaitEnd(submitted);

        assertThat(end.endReason()).isEqualTo(EndReason.COMPLETED);
        assertThat(end.verdict()).isNotNull();
        assertThat(end.warnings()).contains("a warning");
        assertThat(end.times().validated()).isNotNull();
        assertThat(end.times().loadStarted()).isNotNull();
        assertThat(end.times().finished()).isNotNull();
        assertThat(end.links().page()).isEqualTo("/projects/default/runs/" + end.number());
    }

    @Test
    void anInvalidRunIsRepeatedOnceWhereItsPlanWantsThat() throws InterruptedException {
        RunDocument first = awaitEnd(submit("retry:QUICK"));
        assertThat(first.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(first.retryOf()).isNull();

        RunDocument second = awaitEnd(runs.document("default", requireNonNull(first.retriedBy())));

        assertThat(second.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(second.retryOf()).isEqualTo(first.number());
        assertThat(second.retriedBy()).isNull();
        assertThat(second.submittedBy()).isEqualTo(first.submittedBy());
        assertThat(first.warnings()).contains("no commit");
        assertThat(second.warnings()).contains("9f2c0e6b");
    }

    @Test
    void aWaitingSubmitterGetsTheFinishedRun() {
        HttpResponse<String> answer = server.post(
                "/api/v1/projects/default/runs?wait=60s", "{\"git\": \"ok:QUICK\", \"labels\": {\"build\": \"7\"}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestServer.json(answer).get("status").asString()).isEqualTo("FINISHED");
        assertThat(TestServer.json(answer).get("submittedBy").asString()).isEqualTo("admin");
        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("/api/v1/projects/default/runs/");
    }

    @Test
    void aRefusedRunTellsEveryProblemAndStartsNothing() throws InterruptedException {
        HttpResponse<String> answer = server.post("/api/v1/projects/default/runs?wait=60s", "{\"git\": \"refused:\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        var problem = TestServer.json(answer);
        assertThat(problem.get("code").asString()).isEqualTo("unit-invalid");
        assertThat(problem.get("problems").size()).isEqualTo(2);
        RunDocument run = runs.document("default", problem.get("run").asInt());
        assertThat(run.endReason()).isEqualTo(EndReason.REFUSED);
        assertThat(run.verdict()).isNull();
        assertThat(run.problems()).hasSize(2);
        assertThat(runs.plan("default", run.number())).isEmpty();
    }

    @Test
    void aValidationThatFailsItselfIsNotTheUsersFault() throws InterruptedException {
        RunDocument end = awaitEnd(submit("broken:"));

        assertThat(end.endReason()).isEqualTo(EndReason.PLATFORM_ERROR);
        assertThat(end.verdict()).isEqualTo(Verdict.ERRORED);
        assertThat(end.error()).isEqualTo("internal-error");
    }

    @Test
    void numbersHaveNoGapsHoweverManySubmitAtOnce() throws Exception {
        int first = submit("refused:").number();
        var submissions = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                submissions.add(threads.submit(() -> submit("refused:").number()));
            }
        }

        List<Integer> numbers = new ArrayList<>();
        for (Future<Integer> submission : submissions) {
            numbers.add(submission.get());
        }
        assertThat(numbers)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(first + 1, first + 20).boxed().toList());
    }

    @Test
    void aRunningRunIsStoppedByAPerson() throws InterruptedException {
        RunDocument run = awaitStatus(submit("ok:HOLD"), RunStatus.RUNNING);

        runs.stop("default", run.number(), "ann");
        runs.stop("default", run.number(), "bob");

        RunDocument end = awaitEnd(run);
        assertThat(end.endReason()).isEqualTo(EndReason.STOPPED_BY_USER);
        assertThat(end.verdict()).isEqualTo(Verdict.ABORTED);
        assertThat(end.reason()).contains("ann").doesNotContain("bob");
        HttpResponse<String> again = server.post("/api/v1/projects/default/runs/%d/stop".formatted(run.number()), "");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(TestServer.json(again).get("code").asString()).isEqualTo("run-over");
    }

    @Test
    void aWorkerThatDoesNotObeyIsKilledAndTheRunStillEnds() throws InterruptedException {
        RunDocument run = awaitStatus(submit("ok:DEAF"), RunStatus.RUNNING);

        runs.stop("default", run.number(), "ann");

        RunDocument end = awaitEnd(run);
        assertThat(end.endReason()).isEqualTo(EndReason.STOPPED_BY_USER);
        assertThat(end.verdict()).isEqualTo(Verdict.ABORTED);
        assertThat(server.bean(WorkerJobs.class).all())
                .noneMatch(job -> job.run().equals(run.id()) && job.isRunning());
    }

    @Test
    void aRunIsStoppedWhileItIsValidated() throws InterruptedException {
        RunDocument run = submit("slow:");

        runs.stop("default", run.number(), "ann");

        RunDocument end = awaitEnd(run);
        assertThat(end.verdict()).isEqualTo(Verdict.ABORTED);
        assertThat(end.reason()).isEqualTo("stopped by ann before it started");
        assertThat(end.endReason()).isEqualTo(EndReason.STOPPED_BY_USER);
        await().until(() -> !server.bean(Validations.class).isUnderWay(run.id()));
    }

    @Test
    void runsBeyondTheLimitWaitInTheQueueAndCanBeStoppedThere() throws InterruptedException {
        RunDocument one = awaitStatus(submit("ok:HOLD"), RunStatus.RUNNING);
        RunDocument two = awaitStatus(submit("ok:HOLD"), RunStatus.RUNNING);
        RunDocument three = awaitStatus(submit("ok:HOLD"), RunStatus.QUEUED);

        runs.stop("default", three.number(), "ann");
        assertThat(awaitEnd(three).verdict()).isEqualTo(Verdict.ABORTED);
        assertThat(server.bean(WorkerJobs.class).all())
                .noneMatch(job -> job.run().equals(three.id()));

        runs.stop("default", one.number(), "ann");
        runs.stop("default", two.number(), "ann");
        awaitEnd(one);
        awaitEnd(two);
    }

    @Test
    void aRunWhoseWorkerDiesIsEndedInItsStead() throws InterruptedException {
        RunDocument end = awaitEnd(submit("ok:CRASH"));

        assertThat(end.endReason()).isEqualTo(EndReason.WORKER_LOST);
        assertThat(end.verdict()).isEqualTo(Verdict.ERRORED);
    }

    @Test
    void aRunWhoseWorkerNeverSpokeIsEndedInItsStead() throws InterruptedException {
        RunDocument end = awaitEnd(submit("ok:MUTE"));

        assertThat(end.endReason()).isEqualTo(EndReason.WORKER_LOST);
        assertThat(end.verdict()).isEqualTo(Verdict.ERRORED);
    }
}
