package dev.loadstar.platform.run;

import java.time.Instant;
import java.util.List;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.platform.Plans;
import dev.loadstar.platform.TinyWorker;
import dev.loadstar.platform.project.ProjectRow;
import dev.loadstar.validator.definition.Overrides;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunRowTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final RunRow run = new RunRow(
            Ulid.at(NOW),
            new ProjectRow("default", "Default", NOW),
            new Submitted("https://git.example.org/shop.git", "main", null, null, "loadstar.json", Overrides.NONE),
            "ann",
            NOW);

    private boolean accept() {
        return run.accept(Plans.of(TinyWorker.Behaviour.HOLD), List.of(), NOW.plusSeconds(1));
    }

    private boolean tell(RunEvent.Builder event) {
        return RunEvents.apply(run, event.setAtMillis(NOW.toEpochMilli()).build(), NOW.plusSeconds(2));
    }

    private static RunEvent.Builder loadStarted() {
        return RunEvent.newBuilder()
                .setLoadStarted(RunEvent.LoadStarted.newBuilder()
                        .setStartMillis(NOW.plusSeconds(3).toEpochMilli()));
    }

    private static RunEvent.Builder ended() {
        return RunEvent.newBuilder()
                .setRunEnded(RunEnded.newBuilder()
                        .setEndReason("COMPLETED")
                        .setDetail("done")
                        .setLoadStartedMillis(NOW.plusSeconds(3).toEpochMilli())
                        .setLoadEndedMillis(NOW.plusSeconds(13).toEpochMilli()));
    }

    private static RunEvent.Builder reported() {
        return RunEvent.newBuilder()
                .setReported(RunEvent.Reported.newBuilder()
                        .setVerdict("PASSED")
                        .setReason("all assertions hold")
                        .setEndReason("COMPLETED"));
    }

    @Test
    void eachStateHasADeadline() {
        assertThat(run.deadlineAt()).isEqualTo(NOW.plus(Limits.TURN));
        run.beginValidation(NOW.plusSeconds(1));
        assertThat(run.deadlineAt()).isEqualTo(NOW.plusSeconds(1 + 300));
        accept();
        assertThat(run.deadlineAt()).isEqualTo(NOW.plusSeconds(1 + 24 * 3600));
        run.provision(NOW.plusSeconds(2));
        assertThat(run.deadlineAt()).as("ready timeout 60 s").isEqualTo(NOW.plusSeconds(2 + 90));
        tell(loadStarted());
        assertThat(run.deadlineAt()).as("10 s, 5 s graceful stop").isEqualTo(NOW.plusSeconds(3 + 45));
        tell(ended());
        assertThat(run.deadlineAt()).isEqualTo(NOW.plusSeconds(2 + 300));
    }

    @Test
    void theStatusOnlyMovesForward() {
        accept();
        run.provision(NOW);
        tell(ended());
        assertThat(run.status()).isEqualTo(RunStatus.REPORTING);

        assertThat(accept()).isFalse();
        assertThat(run.provision(NOW)).isFalse();
        assertThat(tell(loadStarted())).isFalse();
        assertThat(run.refuse(List.of(), null, null, NOW)).isFalse();

        assertThat(run.status()).isEqualTo(RunStatus.REPORTING);
    }

    @Test
    void anEventThatComesTwiceChangesNothing() {
        accept();
        run.provision(NOW);

        assertThat(tell(loadStarted())).isTrue();
        assertThat(tell(loadStarted())).isFalse();
        assertThat(tell(ended())).isTrue();
        assertThat(tell(ended())).isFalse();
        assertThat(tell(reported())).isTrue();
        assertThat(tell(reported())).isFalse();
    }

    @Test
    void factsAreTakenFromAnEventThatComesAfterTheEnd() {
        accept();
        run.provision(NOW);
        tell(reported());
        assertThat(run.status()).isEqualTo(RunStatus.FINISHED);

        assertThat(tell(ended())).isTrue();

        assertThat(run.times().loadEndedAt()).isEqualTo(NOW.plusSeconds(13));
        assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(run.ending()).isNotNull().extracting(Ending::verdict).isEqualTo(Verdict.PASSED);
    }

    @Test
    void theFirstEndStands() {
        run.finish(Ending.broken(EndReason.PLATFORM_ERROR, ErrorCode.TIMED_OUT, "too long"), NOW);

        assertThat(run.finish(Ending.aborted(EndReason.STOPPED_BY_USER, "stopped"), NOW))
                .isFalse();

        assertThat(run.ending()).isNotNull().extracting(Ending::endReason).isEqualTo(EndReason.PLATFORM_ERROR);
    }

    @Test
    void onlyARunWithAWorkerIsOrderedToStopAndOnlyOnce() {
        var order = new StopOrder(EndReason.STOPPED_BY_USER, "stopped by ann", true, NOW);
        assertThat(run.order(order)).isFalse();
        accept();
        run.provision(NOW);

        assertThat(run.order(order)).isTrue();
        assertThat(run.order(new StopOrder(EndReason.TIMED_OUT, "too long", false, NOW)))
                .isFalse();
    }

    @Test
    void idsSortByTime() {
        assertThat(Ulid.at(NOW)).hasSize(26).isLessThan(Ulid.at(NOW.plusMillis(1)));
    }
}
