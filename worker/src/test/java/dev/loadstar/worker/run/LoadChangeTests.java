package dev.loadstar.worker.run;

import java.time.Duration;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.plan.Stripes;
import dev.loadstar.contract.schedule.UserSchedule;
import dev.loadstar.contract.wire.PlanRevised;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.ToExecutor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadChangeTests {

    @Test
    void changeReachesEveryExecutorOfTheScenarioWithTheSharesThatTheyHave() {
        var run = started(2).tell(users("a", 4.0));

        PlanRevision first = revisions(run, 1).getFirst();
        PlanRevision second = revisions(run, 2).getFirst();
        assertThat(first.after()).isEqualTo(second.after());
        assertThat(first.load()).isEqualTo(second.load());
        assertThat(Stripes.of(first.stripes()).share(4)).isEqualTo(2);
        assertThat(UserSchedule.of((Load.Closed) first.load()).users(first.after()))
                .isEqualTo(4);
    }

    @Test
    void changeIsToldToReportingAndToWhoeverAskedForIt() {
        var run = started(1).tell(users("a", 4.0));

        PlanRevised revised =
                run.actions(Action.Revised.class).findFirst().orElseThrow().revised();
        assertThat(revised.getScenario()).isEqualTo("buy");
        assertThat(revised.getNumber()).isOne();
        assertThat(Json.read(revised.getLoadJson(), Load.class))
                .isEqualTo(revisions(run, 1).getFirst().load());
        RunEvent.LoadChanged told = changes(run).getFirst();
        assertThat(told.getId()).isEqualTo("a");
        assertThat(told.getRefused()).isEmpty();
        assertThat(told.getStage()).isEqualTo("steady");
        assertThat(told.getAfterNanos()).isEqualTo(revised.getAfterNanos());
    }

    @Test
    void sameOrderTwiceIsObeyedOnce() {
        var run = started(1).tell(users("a", 4.0)).tell(users("a", 4.0));

        assertThat(revisions(run, 1)).hasSize(1);
        assertThat(changes(run)).hasSize(1);
    }

    @Test
    void pauseAndResumeAreRevisionsThatFollowEachOther() {
        var run = started(1)
                .tell(new Message.LoadChange("a", "buy", null, true))
                .pass(Duration.ofSeconds(5), 1)
                .tell(new Message.LoadChange("b", "buy", null, false));

        var schedule = UserSchedule.of((Load.Closed) revisions(run, 1).getLast().load());
        assertThat(schedule.users(Duration.ofSeconds(12))).isZero();
        assertThat(schedule.users(Duration.ofSeconds(20))).isEqualTo(10);
        assertThat(revisions(run, 1)).extracting(PlanRevision::number).containsExactly(1, 2);
    }

    @Test
    void heirOfALostExecutorGoesOnWithTheChangedLoad() {
        var run = started(2)
                .tell(users("a", 4.0))
                .pass(Duration.ofSeconds(1), 1, 2)
                .processEnded(2, 137);

        PlanRevision heir = revisions(run, 1).getLast();
        assertThat(Stripes.of(heir.stripes()).share(4)).isEqualTo(4);
        assertThat(UserSchedule.of((Load.Closed) heir.load()).users(heir.after()))
                .isEqualTo(4);
    }

    @Test
    void changeWithoutLoadIsRefusedInASentence() {
        var early = new MachineDriver(Runs.closed(1, OnLoss.CONTINUE)).tell(users("a", 4.0));
        assertThat(changes(early).getFirst().getRefused()).contains("no load at that time");

        var late = started(1).pass(Duration.ofSeconds(55), 1).tell(users("a", 4.0));
        assertThat(changes(late).getFirst().getRefused()).contains("was over");

        var unknown = started(1).tell(new Message.LoadChange("a", "sell", 4.0, null));
        assertThat(changes(unknown).getFirst().getRefused()).contains("'sell'");
        assertThat(revisions(unknown, 1)).isEmpty();

        var script = new MachineDriver(Runs.fromScript()).started().tell(users("a", 4.0));
        assertThat(changes(script).getFirst().getRefused()).contains("can be changed");
    }

    private static MachineDriver started(int executors) {
        Integer[] all = executors == 1 ? new Integer[] {1} : new Integer[] {1, 2};
        return new MachineDriver(Runs.closed(executors, OnLoss.REDISTRIBUTE))
                .started()
                .pass(Duration.ofSeconds(10), all);
    }

    private static Message users(String id, double users) {
        return new Message.LoadChange(id, "buy", users, null);
    }

    private static List<PlanRevision> revisions(MachineDriver run, int executor) {
        return run.messages(executor)
                .filter(ToExecutor::hasRevise)
                .map(message -> Json.read(message.getRevise().getRevisionJson(), PlanRevision.class))
                .toList();
    }

    private static List<RunEvent.LoadChanged> changes(MachineDriver run) {
        return run.actions(Action.Publish.class)
                .map(Action.Publish::event)
                .filter(RunEvent::hasLoadChanged)
                .map(RunEvent::getLoadChanged)
                .toList();
    }
}
