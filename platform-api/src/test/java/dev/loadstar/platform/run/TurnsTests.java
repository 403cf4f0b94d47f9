package dev.loadstar.platform.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.platform.Plans;
import dev.loadstar.platform.TinyWorker;
import dev.loadstar.platform.project.ProjectRow;
import dev.loadstar.validator.definition.Overrides;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TurnsTests {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final ProjectRow project = new ProjectRow("shop", "Shop", NOW);
    private final List<RunRow> runs = new ArrayList<>();

    private RunRow queued(boolean shared, String... hosts) {
        var run = new RunRow(
                Ulid.at(NOW),
                project,
                new Submitted("https://git.example.org/shop.git", "main", null, null, "loadstar.json", Overrides.NONE),
                "ann",
                NOW);
        run.accept(Plans.of(TinyWorker.Behaviour.HOLD, shared, hosts), List.of(), NOW);
        runs.add(run);
        return run;
    }

    private RunRow underWay(String... hosts) {
        RunRow run = queued(false, hosts);
        run.provision(NOW);
        return run;
    }

    /** Numbers of the runs that start now; the others wait. */
    private List<Integer> start() {
        var turns = new Turns(runs, run -> "shop");
        var started = new ArrayList<Integer>();
        for (RunRow run : turns.queued()) {
            var wait = turns.waitFor(run);
            if (wait.isPresent()) {
                turns.keepWaiting(run);
                run.waitFor(wait.get());
            } else {
                turns.start(run).forEach(other -> other.warn(turns.warning(other, run)));
                started.add(run.number());
            }
        }
        return started;
    }

    @Test
    void aRunWaitsForTheOneThatLoadsItsHostAndOthersDoNot() {
        underWay("a.org", "b.org");
        RunRow second = queued(false, "b.org");
        queued(false, "c.org");

        assertThat(start()).containsExactly(3);
        assertThat(second.waitsFor()).isEqualTo("waits for run 1, which loads b.org");
    }

    @Test
    void ofTwoThatAreQueuedForOneHostOnlyTheFirstStarts() {
        queued(false, "a.org");
        RunRow second = queued(false, "a.org");

        assertThat(start()).containsExactly(1);
        assertThat(second.waitsFor()).isEqualTo("waits for run 1, which loads a.org");
    }

    @Test
    void whoWaitsForTwoHostsIsOvertakenOnNeither() {
        underWay("a.org");
        queued(false, "a.org", "b.org");
        RunRow third = queued(false, "b.org");

        assertThat(start()).isEmpty();
        assertThat(third.waitsFor()).isEqualTo("waits for run 2, which is before it and loads b.org too");
    }

    @Test
    void aSharedTargetIsLetThroughButNotPastThoseThatWait() {
        RunRow first = underWay("a.org");
        RunRow shared = queued(true, "a.org");
        assertThat(start()).containsExactly(2);
        assertThat(first.warnings())
                .containsExactly("Run 2 loads a.org at the same time, as `target.shared` allows: both measure the"
                        + " other's load too");

        shared.provision(NOW);
        queued(false, "a.org");
        RunRow late = queued(true, "a.org");

        assertThat(start()).isEmpty();
        assertThat(late.waitsFor()).isEqualTo("waits for run 3, which is before it and loads a.org too");
    }

    @Test
    void aRunThatIsReportedStillHasItsHostsAndOneThatIsFinishedHasNot() {
        RunRow first = underWay("a.org");
        first.ended(Ending.unjudged(EndReason.COMPLETED, "done", null), NOW);
        RunRow second = queued(false, "a.org");
        assertThat(start()).isEmpty();

        first.finish(Ending.refused("over"), NOW);

        assertThat(first.isFinished()).isTrue();
        runs.remove(first);
        assertThat(start()).containsExactly(second.number());
    }
}
