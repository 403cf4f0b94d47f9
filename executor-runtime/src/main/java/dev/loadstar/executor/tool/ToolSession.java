package dev.loadstar.executor.tool;

import java.time.Duration;
import java.time.Instant;

import dev.loadstar.contract.plan.PlanRevision;

/** One prepared script of one executor, from its start to its end. All calls come from the executor's own threads. */
public interface ToolSession extends AutoCloseable {

    /**
     * Starts the load at that instant of this machine's clock, and answers at once. It is the instant at which the
     * scenario's schedule begins: its {@code startAfter} is in it.
     */
    void start(Instant at);

    /** Follows a changed plan from its {@code after} on. */
    void apply(PlanRevision revision);

    /**
     * No new iteration from now on; those that run may finish within {@code grace}, then they are cut off. Tear-down steps
     * still run. Answers at once; a second call with a shorter grace shortens it.
     */
    void stop(Duration grace);

    /**
     * Blocks until all load and tear-down is over.
     *
     * @return how it went
     */
    ToolEnd await() throws InterruptedException;

    /** Users that are inside an iteration at this moment. */
    int activeUsers();

    @Override
    void close();

    /** @param message empty unless {@code failed} */
    record ToolEnd(boolean failed, String message) {
        public static final ToolEnd DONE = new ToolEnd(false, "");
    }
}
