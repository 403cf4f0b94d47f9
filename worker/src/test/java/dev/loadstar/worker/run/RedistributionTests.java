package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.plan.Stripes;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.wire.FromExecutor;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.ToExecutor;
import org.junit.jupiter.api.Test;

import static dev.loadstar.contract.wire.ToExecutor.KindCase.RELEASE;
import static dev.loadstar.contract.wire.ToExecutor.KindCase.REVISE;
import static dev.loadstar.contract.wire.ToExecutor.KindCase.START;
import static dev.loadstar.contract.wire.ToExecutor.KindCase.STOP;
import static org.assertj.core.api.Assertions.assertThat;

class RedistributionTests {

    private static final int USERS = 1200;

    @Test
    void shareOfAKilledExecutorGoesToTheOthersAtOnceInEqualParts() {
        var run = redistributing(4).pass(Duration.ofSeconds(10), 1, 2, 3, 4).processEnded(2, 137);

        assertThat(shares(run, 1, 3, 4)).containsExactly(400L, 400L, 400L);
        assertOneOwnerEach(run, 1, 3, 4);
        assertThat(after(run, 1)).isEqualTo(after(run, 3)).isEqualTo(after(run, 4));
        assertThat(after(run, 1)).isBetween(sinceStart(run), sinceStart(run).plusSeconds(1));
    }

    @Test
    void shareOfASilentExecutorIsGivenAwayOnlyWhenItsLeaseHasSurelyEnded() {
        var run = redistributing(3).pass(Duration.ofSeconds(10), 1, 2, 3);
        Instant heard = run.now();

        run.pass(Duration.ofMillis(3500), 1, 2);
        assertThat(run.sent(1)).doesNotContain(REVISE);
        run.pass(Duration.ofMillis(500), 1, 2);

        assertThat(Duration.between(heard, run.now())).isEqualTo(Duration.ofSeconds(4));
        assertThat(run.stopped()).containsExactly(3);
        assertThat(shares(run, 1, 2)).containsExactly(600L, 600L);
        assertOneOwnerEach(run, 1, 2);
    }

    @Test
    void silentExecutorWhoseProcessEndsIsNotWaitedForAnyLonger() {
        var run = redistributing(2)
                .pass(Duration.ofSeconds(10), 1, 2)
                .pass(Duration.ofMillis(3600), 1)
                .processEnded(2, 137);

        assertThat(shares(run, 1)).containsExactly(1200L);
    }

    @Test
    void executorsLostOneAfterTheOtherLeaveEverythingToTheLast() {
        var run = redistributing(4).pass(Duration.ofSeconds(5), 1, 2, 3, 4);

        run.processEnded(2, 137).pass(Duration.ofSeconds(2), 1, 3, 4).processEnded(4, 137);
        assertThat(shares(run, 1, 3)).containsExactly(600L, 600L);
        assertOneOwnerEach(run, 1, 3);
        run.pass(Duration.ofSeconds(2), 1, 3).processEnded(1, 137);

        assertThat(shares(run, 3)).containsExactly(1200L);
        assertThat(revisions(run, 3)).extracting(PlanRevision::number).containsExactly(1, 2, 3);
    }

    @Test
    void executorsLostInTheSameMomentLeaveTheirSharesToThoseThatAreLeft() {
        var run = redistributing(4).pass(Duration.ofSeconds(5), 1, 2, 3, 4);

        run.processEnded(3, 137).processEnded(4, 137);

        assertThat(shares(run, 1, 2)).containsExactly(600L, 600L);
        assertOneOwnerEach(run, 1, 2);
    }

    @Test
    void executorThatReturnsIsToldToStopAndGetsNothingBack() {
        var run = redistributing(2).pass(Duration.ofSeconds(5), 1, 2).pass(Duration.ofSeconds(5), 1);
        assertThat(shares(run, 1)).containsExactly(1200L);

        run.hello(2).heartbeat(2, 9, true, 0);

        assertThat(run.sent(2)).doesNotContain(REVISE).endsWith(STOP, STOP);
        assertThat(revisions(run, 1)).hasSize(1);
    }

    @Test
    void executorThatLostItsLeaseByItselfIsLostAndItsShareIsFreeAtOnce() {
        var run = redistributing(2).pass(Duration.ofSeconds(5), 1, 2);

        run.say(
                2,
                FromExecutor.newBuilder()
                        .setEnded(FromExecutor.Ended.newBuilder()
                                .setToolFailed(true)
                                .setLeaseLost(true)
                                .setMessage("it lost its worker")));

        assertThat(run.sent(2)).endsWith(RELEASE);
        assertThat(shares(run, 1)).containsExactly(1200L);
        run.processEnded(2, 1).pass(Duration.ofSeconds(5), 1).ended(1);
        assertThat(end(run, EndReason.COMPLETED).getExecutors(1).getStatus()).isEqualTo("LOST");
    }

    @Test
    void revisionIsRepeatedOnANewStreamUntilItIsAcknowledged() {
        var run = redistributing(3).pass(Duration.ofSeconds(5), 1, 2, 3).processEnded(3, 137);

        run.hello(1).hello(2);
        assertThat(revisions(run, 1)).hasSize(2).containsOnly(revisions(run, 1).getFirst());
        run.say(
                1,
                FromExecutor.newBuilder()
                        .setApplied(FromExecutor.Applied.newBuilder().setRevision(1)));
        run.hello(1);

        assertThat(revisions(run, 1)).hasSize(2);
    }

    @Test
    void executorWhoseStreamBrokeBeforeTheStartGetsStartAndRevision() {
        var run = redistributing(3).processEnded(3, 137).hello(1);

        assertThat(run.sent(1)).endsWith(START, REVISE);
    }

    @Test
    void whatNobodyDidInBetweenIsDeclared() {
        var run = redistributing(4).pass(Duration.ofSeconds(10), 1, 2, 3, 4).pass(Duration.ofSeconds(10), 1, 3, 4);

        run.ended(1).ended(3).ended(4);

        assertThat(end(run, EndReason.COMPLETED).getDetail())
                .isEqualTo("1 of 4 executors was lost. 25% of 'buy' (executor 2) was missing from 9.6 s to 14.0 s.");
    }

    @Test
    void withoutRedistributionTheRestIsDeclaredMissing() {
        var run = new MachineDriver(Runs.closed(2, OnLoss.CONTINUE))
                .started()
                .pass(Duration.ofSeconds(10), 1, 2)
                .processEnded(2, 137)
                .pass(Duration.ofSeconds(10), 1);
        assertThat(run.sent(1)).doesNotContain(REVISE);

        run.ended(1);

        assertThat(end(run, EndReason.COMPLETED).getDetail())
                .isEqualTo("1 of 2 executors was lost. 50% of 'buy' (executor 2) was missing from 9.6 s on.");
    }

    @Test
    void lastExecutorOfOneScenarioLeavesADeficitAndTheOtherScenarioGoesOn() {
        var run = new MachineDriver(Runs.twoScenarios(2, OnLoss.REDISTRIBUTE))
                .started()
                .pass(Duration.ofSeconds(10), 1, 2)
                .processEnded(2, 137)
                .pass(Duration.ofSeconds(10), 1);
        assertThat(run.sent(1)).doesNotContain(REVISE, STOP);

        run.ended(1);

        assertThat(end(run, EndReason.COMPLETED).getDetail()).contains("100% of 'look' (executor 2) was missing");
    }

    @Test
    void lossAfterThePlannedLoadLeavesNothingToDo() {
        var run = redistributing(2).pass(Duration.ofSeconds(62), 1, 2).processEnded(2, 137);
        assertThat(run.sent(1)).doesNotContain(REVISE);

        run.ended(1);

        assertThat(end(run, EndReason.COMPLETED).getDetail()).isEqualTo("1 of 2 executors was lost.");
    }

    @Test
    void leaseIsShortOnlyWhereOthersWaitForItsEnd() {
        assertThat(lease(redistributing(2))).isEqualTo(3_000);
        assertThat(lease(new MachineDriver(Runs.closed(2, OnLoss.CONTINUE)).started()))
                .isEqualTo(10_000);
    }

    @Test
    void executorThatFellSilentBeforeTheStartIsWaitedForAndNamed() {
        var run = new MachineDriver(Runs.closed(2, OnLoss.REDISTRIBUTE))
                .tell(new Message.Opened())
                .hello(1)
                .ready(1)
                .pass(Duration.ofSeconds(5), 2)
                .hello(2)
                .ready(2);
        assertThat(run.sent(2)).doesNotContain(START);

        run.pass(Duration.ofSeconds(60), 2).processEnded(1, 143).processEnded(2, 143);

        assertThat(end(run, EndReason.NOT_READY).getDetail()).contains("executor 1 of 2");
    }

    private static MachineDriver redistributing(int executors) {
        return new MachineDriver(Runs.closed(executors, OnLoss.REDISTRIBUTE)).started();
    }

    private static List<PlanRevision> revisions(MachineDriver run, int executor) {
        return run.messages(executor)
                .filter(ToExecutor::hasRevise)
                .map(message -> Json.read(message.getRevise().getRevisionJson(), PlanRevision.class))
                .toList();
    }

    private static Stripes newest(MachineDriver run, int executor) {
        return Stripes.of(revisions(run, executor).getLast().stripes());
    }

    private static Duration after(MachineDriver run, int executor) {
        return revisions(run, executor).getLast().after();
    }

    /** Of so many users. */
    private static List<Long> shares(MachineDriver run, Integer... executors) {
        return Arrays.stream(executors)
                .map(executor -> newest(run, executor).share(USERS))
                .toList();
    }

    private static void assertOneOwnerEach(MachineDriver run, Integer... executors) {
        for (int user = 0; user < USERS; user++) {
            int k = user;
            assertThat(Arrays.stream(executors)
                            .filter(executor -> newest(run, executor).owns(k)))
                    .hasSize(1);
        }
    }

    private static Duration sinceStart(MachineDriver run) {
        long start = run.messages(1)
                .filter(ToExecutor::hasStart)
                .findFirst()
                .orElseThrow()
                .getStart()
                .getAtEpochNanos();
        return Duration.between(Instant.ofEpochSecond(0, start), run.now());
    }

    private static long lease(MachineDriver run) {
        return run.messages(1)
                .filter(ToExecutor::hasAssign)
                .findFirst()
                .orElseThrow()
                .getAssign()
                .getLeaseMillis();
    }

    private static RunEnded end(MachineDriver run, EndReason reason) {
        assertThat(run.end()).map(RunEnded::getEndReason).contains(reason.name());
        return run.end().orElseThrow();
    }
}
