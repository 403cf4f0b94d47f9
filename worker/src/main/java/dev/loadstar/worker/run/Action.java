package dev.loadstar.worker.run;

import java.time.Duration;

import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.wire.PlanRevised;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.RunEvent;
import dev.loadstar.contract.wire.ToExecutor;

/** What a run wants done; carried out in order, none of them may block. */
public sealed interface Action {

    /** Put the run's first record on {@code points}; answered by {@link Message.Opened}. */
    record Open() implements Action {}

    /** Start the executor process of this shard. */
    record Launch(Shard shard) implements Action {}

    record Send(long session, ToExecutor message) implements Action {}

    /** Ask the process to end, by force after {@code grace}. */
    record StopProcess(int executor, Duration grace) implements Action {}

    record Publish(RunEvent event) implements Action {}

    /** Put it on {@code points}. */
    record Revised(PlanRevised revised) implements Action {}

    /** Worth a line in the worker's log. */
    record Note(String line) implements Action {}

    /** The last one: no process may be left, then tell how the run ended. Log tails are still to be added. */
    record Finish(RunEnded ended) implements Action {}
}
