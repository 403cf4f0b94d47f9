package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.wire.ExecutorOutcome;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.results.ClosedRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides when a run is complete, and then computes and keeps its result. */
final class RunClosing {

    private static final Logger log = LoggerFactory.getLogger(RunClosing.class);

    /** Whoever asks the target's Prometheus has given up by then. */
    private static final Duration FOR_TARGET = Duration.ofSeconds(40);

    private final Duration grace;
    private final TargetMetrics target;
    private final Clock clock;

    RunClosing(Duration grace, TargetMetrics target, Clock clock) {
        this.grace = grace;
        this.target = target;
        this.clock = clock;
    }

    /** Whether the run has ended, and its executors and its target's Prometheus have said their last word or had the time to. */
    boolean due(RunMemory run, Instant now) {
        var ended = run.state().ended();
        var at = run.state().endedAt();
        if (ended == null || at == null) {
            return false;
        }
        // A clock that was put back meanwhile must not make it wait for hours.
        var waited = Duration.between(at, now).abs();
        boolean complete = expected(ended, run).stream().allMatch(run.executors()::hasEnded);
        return (complete || waited.compareTo(grace) > 0) && (targetIsKnown(run) || waited.compareTo(FOR_TARGET) > 0);
    }

    private boolean targetIsKnown(RunMemory run) {
        var queries = run.state().plan().queries();
        return run.state().loadStartMillis() == null
                || target.isComplete(run.run().runId(), queries);
    }

    /** Executors that lost their worker send their END on their own; nobody is left to say whether they will. */
    private static Set<Integer> expected(RunEnded ended, RunMemory run) {
        var expected = new HashSet<Integer>();
        var named = new HashSet<Integer>();
        for (ExecutorOutcome outcome : ended.getExecutorsList()) {
            named.add(outcome.getExecutor());
            if (outcome.getWillSendEnd()) {
                expected.add(outcome.getExecutor());
            }
        }
        if (ended.getEndReason().equals(EndReason.WORKER_LOST.name())) {
            run.executors().heard().stream()
                    .filter(executor -> !named.contains(executor))
                    .forEach(expected::add);
        }
        return expected;
    }

    /** Part of the transaction that must also see that the partition is still ours. */
    void close(Connection connection, RunMemory run) throws SQLException {
        var closed = ClosedRun.of(connection, run.run().runId());
        ResultTable.insert(connection, run.run(), closed, clock.instant());
        RunRow.close(connection, run.run());
        log.info(
                "Run {} #{} is {}: {}",
                run.run().project(),
                run.run().number(),
                closed.judgement().verdict(),
                closed.judgement().reason());
    }
}
