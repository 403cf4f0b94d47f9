package dev.loadstar.worker.run;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.wire.ExecutorOutcome;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.ToExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.loadstar.contract.wire.ToExecutor.KindCase.ASSIGN;
import static dev.loadstar.contract.wire.ToExecutor.KindCase.RELEASE;
import static dev.loadstar.contract.wire.ToExecutor.KindCase.START;
import static dev.loadstar.contract.wire.ToExecutor.KindCase.STOP;
import static org.assertj.core.api.Assertions.assertThat;

class RunMachineTests {

    private static final Duration SILENCE = Duration.ofSeconds(4);

    @Test
    void beginOpensTheStreamAndLaunchesEveryExecutor() {
        var run = driver(2);

        assertThat(run.actions(Action.Open.class)).hasSize(1);
        assertThat(run.actions(Action.Launch.class))
                .extracting(launch -> launch.shard().executor())
                .containsExactly(1, 2);
    }

    @Test
    void startIsOrderedForOneInstantOnceAllAreReady() {
        var run = driver(2).tell(new Message.Opened()).hello(1).ready(1).hello(2);
        assertThat(run.sent(1)).containsExactly(ASSIGN);

        run.ready(2);

        assertThat(run.sent(1)).containsExactly(ASSIGN, START);
        assertThat(run.sent(2)).containsExactly(ASSIGN, START);
        assertThat(run.messages(1).filter(ToExecutor::hasStart))
                .containsExactlyElementsOf(
                        run.messages(2).filter(ToExecutor::hasStart).toList());
        assertThat(run.events()).containsSubsequence(RunEvent.KindCase.EXECUTORS_READY, RunEvent.KindCase.LOAD_STARTED);
    }

    @Test
    void startWaitsForTheFirstRecordToBeOnKafka() {
        var run = driver(1).hello(1).ready(1);
        assertThat(run.sent(1)).containsExactly(ASSIGN);

        run.tell(new Message.Opened());

        assertThat(run.sent(1)).containsExactly(ASSIGN, START);
    }

    @Test
    void runIsCompletedWhenEveryExecutorHasEnded() {
        var run = driver(2).started().pass(Duration.ofSeconds(60), 1, 2).ended(1);
        assertThat(run.end()).isEmpty();

        run.ended(2);

        assertThat(run.sent(2)).endsWith(RELEASE);
        assertThat(run.events()).contains(RunEvent.KindCase.LOAD_ENDED);
        RunEnded end = end(run, EndReason.COMPLETED);
        assertThat(end.getErrorCode()).isEmpty();
        assertThat(end.getLoadEndedMillis() - end.getLoadStartedMillis()).isBetween(59_000L, 60_000L);
        assertThat(end.getExecutorsList())
                .allMatch(ExecutorOutcome::getWillSendEnd)
                .extracting(ExecutorOutcome::getStatus)
                .containsOnly("FINISHED");
    }

    @Test
    void executorWithAProblemEndsTheRunWithItsCodeAndSentence() {
        var run = driver(2).tell(new Message.Opened()).hello(1).hello(2);

        run.refuse(2, "target-unreachable", "127.0.0.1:1 refused the connection.");
        assertThat(run.stopped()).containsExactly(1, 2);
        run.processEnded(1, 143).processEnded(2, 1);

        RunEnded end = end(run, EndReason.NOT_READY);
        assertThat(end.getErrorCode()).isEqualTo(ErrorCode.TARGET_UNREACHABLE.slug());
        assertThat(end.getDetail()).isEqualTo("127.0.0.1:1 refused the connection.");
        assertThat(end.getLoadStartedMillis()).isZero();
    }

    @Test
    void processThatEndsBeforeItIsReadyIsAToolFailure() {
        var run = driver(1).tell(new Message.Opened()).processEnded(1, 134);

        RunEnded end = end(run, EndReason.TOOL_FAILED);
        assertThat(end.getDetail()).contains("Executor 1").contains("134");
        assertThat(end.getExecutors(0).getExitCode()).isEqualTo(134);
        assertThat(end.getExecutors(0).getStatus()).isEqualTo("FAILED");
    }

    @Test
    void executorsThatAreNotReadyInTimeAreNamed() {
        var run = driver(3).tell(new Message.Opened()).hello(1).ready(1).hello(2);

        run.pass(Duration.ofSeconds(61), 1, 2);
        run.processEnded(1, 143).processEnded(2, 143).processEnded(3, 143);

        assertThat(end(run, EndReason.NOT_READY).getDetail()).contains("2, 3").contains("60 s");
    }

    @Test
    void launchThatFailsForLackOfRoomEndsTheRunWithNoCapacity() {
        var run = driver(2);

        run.tell(new Message.LaunchFailed(1, ErrorCode.NO_CAPACITY, "no memory"))
                .processEnded(2, 143);

        assertThat(end(run, EndReason.NO_CAPACITY).getDetail()).isEqualTo("no memory");
    }

    @Test
    void heartbeatIsAnsweredWithTheWorkersTime() {
        var run = driver(1).started().heartbeat(1, 5, true, 0);

        ToExecutor.Beat beat = run.messages(1)
                .filter(ToExecutor::hasBeat)
                .findFirst()
                .orElseThrow()
                .getBeat();
        assertThat(beat.getProbeNanos()).isEqualTo(42);
        assertThat(beat.getWorkerEpochNanos()).isEqualTo(run.now().toEpochMilli() * 1_000_000);
    }

    @Test
    void silentExecutorIsLostAndTheOthersGoOn() {
        var run = driver(2).started().heartbeat(2, 7, true, 0).pass(SILENCE, 1);
        assertThat(run.end()).isEmpty();

        run.ended(1);

        RunEnded end = end(run, EndReason.COMPLETED);
        assertThat(end.getDetail()).contains("1 of 2");
        ExecutorOutcome lost = end.getExecutors(1);
        assertThat(lost.getStatus()).isEqualTo("LOST");
        assertThat(lost.getWillSendEnd()).isFalse();
        assertThat(lost.getProducedAtLastHeartbeat()).isEqualTo(7);
    }

    @Test
    void silentExecutorIsKilledOnlyWhenItsLeaseIsOver() {
        var run = driver(2).started().pass(Duration.ofSeconds(10), 1);
        assertThat(run.stopped()).isEmpty();

        run.pass(Duration.ofMillis(1500), 1);

        assertThat(run.stopped()).containsExactly(2);
    }

    @Test
    void lostExecutorThatIsBackIsToldToStopAndGetsNoBeat() {
        var run = driver(2).started().pass(SILENCE, 1);

        run.hello(2).heartbeat(2, 9, true, 0);

        assertThat(run.sent(2)).containsExactly(ASSIGN, START, STOP, STOP);
        assertThat(run.messages(2)).noneMatch(ToExecutor::hasBeat);
    }

    @Test
    void lostExecutorThatIsBackAndEndsAfterAllFailsNothing() {
        var run = driver(2).started().pass(SILENCE, 1).toolFailed(2, "lost its worker");
        assertThat(run.sent(2)).endsWith(RELEASE);

        run.ended(1);

        ExecutorOutcome back = end(run, EndReason.COMPLETED).getExecutors(1);
        assertThat(back.getStatus()).isEqualTo("LOST");
        assertThat(back.getWillSendEnd()).isTrue();
    }

    @Test
    void processSeenToEndIsLostAtOnce() {
        var run = driver(2).started().processEnded(2, 137);

        run.ended(1);

        assertThat(end(run, EndReason.COMPLETED).getExecutors(1).getExitCode()).isEqualTo(137);
    }

    @Test
    void lossOfOneEndsTheRunWhereThePlanSaysAbort() {
        var run = new MachineDriver(Runs.closed(2, OnLoss.ABORT)).started().processEnded(2, 137);
        assertThat(run.sent(1)).endsWith(STOP);

        run.ended(1);

        assertThat(end(run, EndReason.EXECUTORS_LOST).getErrorCode()).isEqualTo("executors-lost");
    }

    @Test
    void lossOfAllEndsTheRun() {
        var run = driver(2).started().processEnded(2, 137).processEnded(1, 137);

        end(run, EndReason.EXECUTORS_LOST);
    }

    @Test
    void stallOfTheWorkerItselfLosesNobody() {
        var run = driver(1).started().heartbeat(1, 1, true, 0);

        run.stall(Duration.ofSeconds(6)).pass(Duration.ofSeconds(5), 1).ended(1);

        end(run, EndReason.COMPLETED);
    }

    @Test
    void stopReachesEveryExecutorAndTheFirstReasonStays() {
        var run = driver(2).started();

        run.tell(stop("stopped by ada")).tell(stop("stopped by bob")).ended(1).ended(2);

        assertThat(run.sent(1)).containsExactly(ASSIGN, START, STOP, RELEASE);
        RunEnded end = end(run, EndReason.STOPPED_BY_USER);
        assertThat(end.getDetail()).isEqualTo("stopped by ada");
        assertThat(end.getByPerson()).isTrue();
    }

    @Test
    void stopWhileProvisioningEndsProcessesThatHaveNotDialledYet() {
        var run = driver(2).tell(new Message.Opened()).hello(1);

        run.tell(stop("stopped by ada"));
        assertThat(run.stopped()).containsExactly(1, 2);
        run.hello(2);
        assertThat(run.sent(2)).containsExactly(STOP);
        run.processEnded(1, 143).processEnded(2, 143);

        assertThat(end(run, EndReason.STOPPED_BY_USER).getExecutorsList())
                .noneMatch(ExecutorOutcome::getWillSendEnd)
                .extracting(ExecutorOutcome::getStatus)
                .containsOnly("STARTING");
    }

    @Test
    void executorThatIgnoresStopIsKilled() {
        var run = driver(1).started().tell(stop("enough"));

        run.pass(Duration.ofSeconds(11), 1);
        assertThat(run.stopped()).containsExactly(1);
        run.processEnded(1, 137);

        assertThat(end(run, EndReason.STOPPED_BY_USER).getExecutors(0).getStatus())
                .isEqualTo("LOST");
    }

    @Test
    void processThatCannotEvenBeKilledDoesNotHoldTheRun() {
        var run = driver(1).started().tell(stop("enough"));

        run.pass(Duration.ofSeconds(30), 1);

        end(run, EndReason.STOPPED_BY_USER);
    }

    @Test
    void loadThatGoesOnAfterItsDeadlineIsTimedOut() {
        var run = driver(1).started().pass(Duration.ofSeconds(94), 1);
        assertThat(run.sent(1)).containsExactly(ASSIGN, START);

        run.pass(Duration.ofSeconds(3), 1).ended(1);

        end(run, EndReason.TIMED_OUT);
    }

    @Test
    void scriptThatDecidesItsOwnLoadMayRunForHours() {
        var run = new MachineDriver(Runs.fromScript())
                .started()
                .pass(Duration.ofHours(2), 1)
                .ended(1);

        end(run, EndReason.COMPLETED);
    }

    @Test
    void measuredDataIsWaitedForWhileTheBrokerIsAway() {
        var run = driver(1).started().pass(Duration.ofSeconds(60), 1);

        for (int second = 0; second < 120; second++) {
            run.heartbeat(1, 100, false, 30).pass(Duration.ofSeconds(1));
        }
        assertThat(run.end()).isEmpty();
        assertThat(run.stopped()).isEmpty();
        run.ended(1);

        end(run, EndReason.COMPLETED);
    }

    @Test
    void toolThatFailsEndsTheRunAndStopsTheOthers() {
        var run = driver(2).started().toolFailed(2, "NoClassDefFoundError: x");
        assertThat(run.sent(1)).endsWith(STOP);

        run.ended(1);

        RunEnded end = end(run, EndReason.TOOL_FAILED);
        assertThat(end.getDetail()).contains("Executor 2").contains("NoClassDefFoundError");
        assertThat(end.getExecutors(1).getStatus()).isEqualTo("FAILED");
    }

    @Test
    void toolThatCannotPrepareIsAToolFailure() {
        var run = driver(1).hello(1).refuse(1, "tool-failed", "The script could not be prepared.");

        run.processEnded(1, 1);

        assertThat(end(run, EndReason.TOOL_FAILED).getErrorCode()).isEqualTo("tool-failed");
    }

    @Test
    void startIsFarEnoughAwayForClocksThatAreKnownBadly() {
        var ready = FromExecutor.Ready.newBuilder()
                .setClock(FromExecutor.ClockOffset.newBuilder().setUncertaintyMillis(300));
        var run = driver(1)
                .tell(new Message.Opened())
                .hello(1)
                .say(1, FromExecutor.newBuilder().setReady(ready));

        long start = run.messages(1)
                .filter(ToExecutor::hasStart)
                .findFirst()
                .orElseThrow()
                .getStart()
                .getAtEpochNanos();
        assertThat(start).isEqualTo(run.now().plusMillis(900).toEpochMilli() * 1_000_000);
    }

    @Test
    void streamThatIsDialledAgainGetsTheStartThatWasMissed() {
        var run = driver(1).started().tell(new Message.HungUp(1, 1)).hello(1);

        assertThat(run.sent(1)).containsExactly(ASSIGN, START, START);
    }

    @Test
    void serverThatStaysAwayEndsTheRun() {
        var run = driver(1)
                .started()
                .tell(new Message.PlatformAway(Duration.ofMinutes(5)))
                .ended(1);

        assertThat(end(run, EndReason.PLATFORM_ERROR).getDetail()).contains("300 s");
    }

    @Test
    void nothingHappensAfterTheEnd() {
        var run = driver(1).started().ended(1);

        run.tell(stop("late")).ended(1).processEnded(1, 0);

        assertThat(run.actions(Action.Finish.class)).hasSize(1);
        end(run, EndReason.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whateverHappensInWhateverOrderTheRunEndsExactlyOnce(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            var run = new MachineDriver(Runs.closed(
                    3,
                    List.of(OnLoss.ABORT, OnLoss.CONTINUE, OnLoss.REDISTRIBUTE).get(random.nextInt(3))));
            for (int step = 0; step < 60; step++) {
                anything(run, random);
            }

            // From here on nobody answers any more, and no process ends.
            run.tell(stop("enough")).pass(Limits.STANDARD.away().plusMinutes(1));

            assertThat(run.actions(Action.Finish.class)).hasSize(1);
            assertThat(run.end().orElseThrow().getExecutorsList()).hasSize(3);
        }
    }

    private static void anything(MachineDriver run, Random random) {
        int executor = 1 + random.nextInt(3);
        switch (random.nextInt(15)) {
            case 0 -> run.tell(new Message.Opened());
            case 1, 2 -> run.hello(executor);
            case 3, 4 -> run.ready(executor);
            case 5 -> run.heartbeat(executor, 10, random.nextBoolean(), random.nextInt(2));
            case 6 -> run.pass(Duration.ofSeconds(random.nextInt(8)), 1 + random.nextInt(3), executor);
            case 7 -> run.tell(new Message.HungUp(executor, executor));
            case 8 -> run.started();
            case 9 -> run.stall(Duration.ofSeconds(random.nextInt(60)));
            case 10 -> run.ended(executor);
            case 11 -> oneIn(20, random, () -> run.toolFailed(executor, "out of memory"));
            case 12 -> oneIn(5, random, () -> run.processEnded(executor, 137));
            case 13 -> oneIn(20, random, () -> run.refuse(executor, "script-invalid", "no"));
            case 14 ->
                run.tell(new Message.LoadChange(
                        "change-" + random.nextInt(9), "buy", (double) random.nextInt(20), random.nextBoolean()));
            default -> throw new AssertionError();
        }
    }

    private static void oneIn(int times, Random random, Runnable event) {
        if (random.nextInt(times) == 0) {
            event.run();
        }
    }

    @Test
    void runWaitsForTheExitCodeAfterTheLastWordButNotForLong() {
        var prompt = driver(1).started().lastWord(1);
        assertThat(prompt.end()).isEmpty();
        assertThat(end(prompt.processEnded(1, 0), EndReason.COMPLETED)
                        .getExecutors(0)
                        .getHasExitCode())
                .isTrue();

        var lingering =
                driver(1).started().lastWord(1).pass(Limits.STANDARD.goodbye().plusSeconds(1));
        assertThat(end(lingering, EndReason.COMPLETED).getExecutors(0).getHasExitCode())
                .isFalse();
    }

    @Test
    void stopThatComesAfterTheLastWordChangesNothing() {
        var run = driver(1).started().lastWord(1);

        run.tell(stop("too late")).processEnded(1, 0);

        end(run, EndReason.COMPLETED);
    }

    private static MachineDriver driver(int executors) {
        return new MachineDriver(Runs.closed(executors, OnLoss.CONTINUE));
    }

    private static Message stop(String detail) {
        return new Message.StopOrdered(EndReason.STOPPED_BY_USER, detail, true);
    }

    private static RunEnded end(MachineDriver run, EndReason reason) {
        assertThat(run.end()).map(RunEnded::getEndReason).contains(reason.name());
        return run.end().orElseThrow();
    }
}
