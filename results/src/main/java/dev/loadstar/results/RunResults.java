package dev.loadstar.results;

import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.run.ComparisonDocument;
import dev.loadstar.contract.run.FailedSample;
import dev.loadstar.contract.run.RunDocument;

/** The door to what was measured: page, REST, command line and reports all read through it. */
public final class RunResults {

    private static final String SUMMARIES = """
            select run_id, summary
            from (select run_id, cast(result as jsonb) ->> 'summary' as summary from reporting.result where run_id = any(?)) r
            where summary is not null""";

    private final DataSource database;

    public RunResults(DataSource database) {
        this.database = database;
    }

    /**
     * The run's final result, or a provisional one from what has arrived so far; empty for a run that reporting has not
     * heard of.
     *
     * @throws IllegalStateException if the database does not answer
     */
    public Optional<RunResult> find(String runId) {
        return read(connection -> {
            var tables = new RunTables(connection, runId);
            var stored = stored(tables);
            var refused = tables.refused();
            if (stored.isPresent()) {
                return stored.map(refused::tellIn);
            }
            var run = tables.run();
            return run.isEmpty()
                    ? Optional.empty()
                    : Optional.of(refused.tellIn(new Evaluation(tables.measured(run.get())).result()));
        });
    }

    /**
     * What was measured in a part of the run; empty for a run that reporting has not heard of.
     *
     * @throws IllegalStateException if the database does not answer
     */
    public Optional<ScopeResult> find(String runId, MeasuredScope scope) {
        return read(connection -> {
            var tables = new RunTables(connection, runId);
            var run = tables.run();
            return run.isEmpty() ? Optional.empty() : Optional.of(new ScopeReader(tables, run.get()).read(scope));
        });
    }

    /**
     * The run second by second, or at a coarser resolution; empty for a run that reporting has not heard of. Where its
     * seconds are no longer kept, intervals of 10 s take their place.
     *
     * @param resolutionSeconds 1, 10 or 60
     * @throws IllegalStateException if the database does not answer
     */
    public List<TimelinePoint> timeline(String runId, int resolutionSeconds) {
        checkResolution(resolutionSeconds);
        return read(connection -> {
            var tables = new RunTables(connection, runId);
            var run = tables.run();
            return run.isEmpty() ? List.of() : new TimelineReader(tables, run.get(), resolutionSeconds).read();
        });
    }

    /**
     * Each executor second by second, or at a coarser resolution; empty for a run that reporting has not heard of.
     *
     * @param resolutionSeconds 1, 10 or 60
     * @throws IllegalStateException if the database does not answer
     */
    public List<ExecutorPoint> executors(String runId, int resolutionSeconds) {
        checkResolution(resolutionSeconds);
        return read(connection ->
                new ExecutorTimeline(resolutionSeconds).points(new RunTables(connection, runId).executorSeconds()));
    }

    /**
     * Load delivered beside load planned, stage by stage; empty for a run that reporting has not heard of.
     *
     * @param resolutionSeconds 1, 10 or 60
     * @param from intervals that begin before it are left out
     * @throws IllegalStateException if the database does not answer
     */
    public List<LoadPoint> load(String runId, int resolutionSeconds, Instant from) {
        checkResolution(resolutionSeconds);
        return read(connection -> {
            var tables = new RunTables(connection, runId);
            var run = tables.run();
            if (run.isEmpty()) {
                return List.of();
            }
            var seconds = LoadSeries.of(run.get(), tables.executorSeconds(), tables.arrivalSeconds());
            return LoadSeries.points(seconds, resolutionSeconds).stream()
                    .filter(point -> !point.second().isBefore(from))
                    .toList();
        });
    }

    /**
     * The run's plan with the loads that people changed while it ran; empty for a run that reporting has not heard of.
     *
     * @throws IllegalStateException if the database does not answer
     */
    public Optional<RunPlan> plan(String runId) {
        return read(connection -> new RunTables(connection, runId).run()).map(StoredRun::plan);
    }

    /**
     * What the target's Prometheus told, one series for each query of the plan; empty for a run that reporting has not
     * heard of.
     *
     * @param from values before it are left out
     * @throws IllegalStateException if the database does not answer
     */
    public List<TargetSeries> target(String runId, Instant from) {
        return read(connection -> {
            var tables = new RunTables(connection, runId);
            var run = tables.run();
            return run.isEmpty() ? List.of() : tables.target(run.get(), from.getEpochSecond());
        });
    }

    /**
     * Writes the latency of each label over time as a log of HdrHistogram, in intervals of that length, and closes the
     * stream. Nothing is written of a run that reporting has not heard of.
     *
     * @param resolutionSeconds 1, 10 or 60
     * @throws IllegalStateException if the database does not answer
     */
    public void writeHistogramLog(String runId, LatencyKind kind, int resolutionSeconds, OutputStream out) {
        checkResolution(resolutionSeconds);
        read(connection -> {
            var tables = new RunTables(connection, runId);
            var run = tables.run();
            if (run.isPresent()) {
                new HistogramLog(tables, run.get(), kind, resolutionSeconds, out).write();
            }
            return run;
        });
    }

    /**
     * The first failing samples of each label and error kind, in the order in which they came; empty for a run that
     * reporting has not heard of.
     *
     * @throws IllegalStateException if the database does not answer
     */
    public List<FailedSample> failures(String runId) {
        return read(connection -> new RunTables(connection, runId).failures());
    }

    /** How a run differs from another one: each figure, and all of it in one sentence. */
    public record Differences(List<ComparisonDocument.Row> rows, String sentence) {}

    /**
     * How run {@code b} differs from run {@code a}; empty where one of them has not ended, or reporting has not heard of it.
     *
     * @param comparable runs that tell how far runs of this test differ among themselves; those that are not finished say
     *     nothing
     * @throws IllegalStateException if the database does not answer
     */
    public Optional<Differences> compare(String a, String b, List<String> comparable) {
        return read(connection -> {
            var from = side(connection, a);
            var to = side(connection, b);
            if (from.isEmpty() || to.isEmpty()) {
                return Optional.empty();
            }
            var alike = new ArrayList<RunResult>();
            for (String run : comparable) {
                stored(new RunTables(connection, run)).ifPresent(alike::add);
            }
            var rows = new ComparedRuns(from.get(), to.get(), alike).rows();
            return Optional.of(new Differences(rows, ComparedRuns.sentence(rows)));
        });
    }

    private static Optional<ComparedRuns.Side> side(Connection connection, String runId) throws SQLException {
        var tables = new RunTables(connection, runId);
        var run = tables.run();
        var result = stored(tables);
        return run.isEmpty() || result.isEmpty()
                ? Optional.empty()
                : Optional.of(new ComparedRuns.Side(result.get(), tables.totals(run.get())));
    }

    private static Optional<RunResult> stored(RunTables tables) throws SQLException {
        return tables.storedResult().map(json -> Json.read(json, RunResult.class));
    }

    /**
     * What the finished ones among these runs measured in all, by their ids.
     *
     * @throws IllegalStateException if the database does not answer
     */
    public Map<String, RunDocument.Summary> summaries(List<String> runIds) {
        return read(connection -> {
            var found = new HashMap<String, RunDocument.Summary>();
            try (var query = connection.prepareStatement(SUMMARIES)) {
                query.setArray(1, connection.createArrayOf("text", runIds.toArray()));
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.put(rows.getString(1), Json.read(rows.getString(2), RunDocument.Summary.class));
                    }
                }
            }
            return found;
        });
    }

    private static void checkResolution(int seconds) {
        if (!List.of(1, 10, 60).contains(seconds)) {
            throw new IllegalArgumentException("resolution is 1, 10 or 60 seconds, not " + seconds);
        }
    }

    private interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    /** One snapshot, so that what is read fits together while reporting goes on writing. */
    private <T> T read(Reading<T> reading) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return reading.from(connection);
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the results cannot be read", e);
        }
    }
}
