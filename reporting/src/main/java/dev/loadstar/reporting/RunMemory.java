package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.wire.ExecutorEnd;
import dev.loadstar.contract.wire.PlanRevised;
import dev.loadstar.contract.wire.Points;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.results.RunTables;
import tools.jackson.core.JacksonException;

/**
 * One live run in memory: a cache of its tables that points are merged into. It may be dropped at any time after what it
 * has merged is committed, and it must be dropped when that commit fails.
 */
final class RunMemory {

    /** Executors tell a second when it is over; this much more is for those that are a little late. */
    private static final int LATE_SECONDS = 5;

    private final RunRef run;
    private final RunState state;
    private final SeriesNumbers series;
    private final SecondRows seconds;
    private final ExecutorRows executors;
    private final ErrorRows errors = new ErrorRows();
    private final FailureRows failures;
    private final ArrivalRows arrivals;
    private final LiveTotals totals = new LiveTotals();

    private RunMemory(Connection connection, RunRow.Stored stored, RunTables tables) throws SQLException {
        this.run = stored.run();
        this.state = stored.state();
        this.series = new SeriesNumbers(tables.series());
        this.seconds = new SecondRows(tables.newestSecond());
        this.executors = ExecutorRows.load(connection, run.runId());
        this.failures = FailureRows.load(tables);
        this.arrivals = ArrivalRows.load(tables, stored.state().plan());
    }

    /** Rebuilt from the tables. */
    static RunMemory load(Connection connection, RunRow.Stored stored) throws SQLException {
        var tables = new RunTables(connection, stored.run().runId());
        var memory = new RunMemory(connection, stored, tables);
        var run = tables.run();
        if (run.isPresent()) {
            tables.totals(run.get()).forEach(memory.totals::add);
        }
        return memory;
    }

    RunRef run() {
        return run;
    }

    RunState state() {
        return state;
    }

    SeriesNumbers series() {
        return series;
    }

    SecondRows seconds() {
        return seconds;
    }

    ExecutorRows executors() {
        return executors;
    }

    ArrivalRows arrivals() {
        return arrivals;
    }

    LiveTotals totals() {
        return totals;
    }

    /**
     * @param parts the series of the points
     * @return false if it was merged before
     * @throws RefusedException if its numbers cannot be; nothing of it is merged then
     */
    boolean merge(Points points, List<CheckedSeries> parts) {
        if (executors.knows(points.getExecutor(), points.getEpoch(), points.getSequence())) {
            return false;
        }
        checkTime(points.getSecond());
        var failed = FailureRows.of(points);
        var arrived = ArrivalRows.of(points);
        long requests = 0;
        long errors = 0;
        for (var part : parts) {
            add(points.getSecond(), part);
            requests += part.series().isRequest() ? part.samples().count() : 0;
            errors += part.series().isRequest() ? part.samples().errors() : 0;
        }
        executors.add(points, ExecutorRows.Second.of(points, requests, errors));
        failures.add(failed);
        arrivals.add(arrived);
        state.learnStart(points);
        return true;
    }

    private void add(long second, CheckedSeries part) {
        int number = series.number(part.series());
        seconds.add(second, number, part.samples());
        errors.add(number, part.errors());
    }

    private void checkTime(long second) {
        if (second < state.opened().getEpochSecond() - TimelineTable.CLOCK_SECONDS) {
            throw new RefusedException(Refusal.WRONG_TIME);
        }
    }

    /** @return false if it was merged before */
    boolean end(ExecutorEnd end) {
        if (executors.knows(end.getExecutor(), end.getEpoch(), end.getSequence())) {
            return false;
        }
        executors.add(end);
        return true;
    }

    void revise(PlanRevised revised) {
        try {
            state.revise(revised.getScenario(), Json.read(revised.getLoadJson(), Load.class));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new RefusedException(Refusal.UNREADABLE, e);
        }
    }

    void end(RunEnded ended, Instant now) {
        state.end(ended, now);
    }

    /** Writes all that is merged and not yet written, and the coarser rows that follow from it. */
    void write(Connection connection, TimelineTable table) throws SQLException {
        series.write(connection, run);
        seconds.write(connection, run, table, series, (number, samples) -> totals.add(series.get(number), samples));
        executors.write(connection, run);
        errors.write(connection, run);
        failures.write(connection, run);
        arrivals.write(connection, run);
        if (seconds.newest() > 0) {
            roll(connection, table, RollUp.boundary(seconds.newest() - LATE_SECONDS));
        }
        if (state.revised()) {
            RunRow.updatePlan(connection, run, state.plan());
        }
        if (state.changed()) {
            RunRow.update(connection, run, state);
        }
    }

    private void roll(Connection connection, TimelineTable table, long until) throws SQLException {
        long from = state.rolledTo() > 0 ? state.rolledTo() : RollUp.boundary(firstSecond(connection));
        new RollUp(connection, table, run, series).roll(seconds, from, Math.max(from, until), seconds.changed());
        if (until > state.rolledTo()) {
            state.rolledTo(until);
        }
    }

    private long firstSecond(Connection connection) throws SQLException {
        return new RunTables(connection, run.runId()).firstSecond();
    }

    /** Everything into the longer rows; no point comes after this. */
    void rollAll(Connection connection, TimelineTable table) throws SQLException {
        if (seconds.newest() > 0) {
            roll(connection, table, RollUp.end(seconds.newest()));
            RunRow.update(connection, run, state);
        }
    }

    /** After the transaction of {@link #write}. */
    void written() {
        series.written();
        seconds.written();
        executors.written();
        errors.written();
        failures.written();
        arrivals.written();
        state.written();
    }
}
