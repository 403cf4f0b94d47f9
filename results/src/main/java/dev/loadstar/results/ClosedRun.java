package dev.loadstar.results;

import java.sql.Connection;
import java.sql.SQLException;

/** The end of a run: its final result and what it says. */
public record ClosedRun(RunResult result, Judgement judgement) {

    /**
     * Computed from the tables as the caller's transaction sees them.
     *
     * @throws IllegalStateException if the run is not stored or has not ended
     */
    public static ClosedRun of(Connection connection, String runId) throws SQLException {
        var tables = new RunTables(connection, runId);
        var run = tables.run().orElseThrow(() -> new IllegalStateException("no run " + runId));
        var evaluation = new Evaluation(tables.measured(run), Baselines.read(connection, run.plan()));
        var result = evaluation.result();
        return new ClosedRun(result, evaluation.judge(result));
    }
}
