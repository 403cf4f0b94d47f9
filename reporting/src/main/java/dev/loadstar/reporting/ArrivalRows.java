package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.wire.ArrivalPoint;
import dev.loadstar.contract.wire.Points;
import dev.loadstar.results.RunTables;
import dev.loadstar.results.RunTables.ArrivalRow;

/**
 * What became of the arrivals of one run that is not written yet, and of all its open loads so far. What is added up in
 * the table is added once: in the transaction that moves the stream's position.
 */
final class ArrivalRows {

    /** Seconds that stay in memory behind the newest one, for the live view. */
    private static final int KEPT = 60;

    private static final int NAME_LENGTH = 500;

    private final Map<Key, Counts> unwritten = new HashMap<>();
    private final TreeMap<Long, Counts> seconds = new TreeMap<>();
    private final List<String> open;
    private Counts total = Counts.NONE;

    private record Key(long second, String scenario, String stage) {}

    /** Of arrivals that were due. */
    record Counts(long begun, long dropped, long late) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(begun + other.begun, dropped + other.dropped, late + other.late);
        }
    }

    private ArrivalRows(RunPlan plan) {
        open = plan.scenarios().stream()
                .filter(scenario -> scenario.load() instanceof Load.Open)
                .map(ScenarioPlan::name)
                .toList();
    }

    static ArrivalRows load(RunTables tables, RunPlan plan) throws SQLException {
        var rows = new ArrivalRows(plan);
        tables.arrivalSeconds().forEach(rows::know);
        return rows;
    }

    private void know(ArrivalRow row) {
        if (open.contains(row.scenario())) {
            var counts = new Counts(row.begun(), row.dropped(), row.late());
            total = total.plus(counts);
            seconds.merge(row.second(), counts, Counts::plus);
            seconds.headMap(seconds.lastKey() - KEPT).clear();
        }
    }

    /** @throws RefusedException if a number cannot be */
    static List<ArrivalRow> of(Points points) {
        return points.getArrivalsList().stream()
                .map(point -> row(points.getSecond(), point))
                .toList();
    }

    private static ArrivalRow row(long second, ArrivalPoint point) {
        if (point.getBegun() < 0 || point.getDropped() < 0 || point.getLate() < 0) {
            throw new RefusedException(Refusal.UNREADABLE);
        }
        return new ArrivalRow(
                Text.of(point.getScenario(), NAME_LENGTH),
                Text.of(point.getStage(), NAME_LENGTH),
                second,
                point.getBegun(),
                point.getDropped(),
                point.getLate());
    }

    void add(List<ArrivalRow> rows) {
        for (var row : rows) {
            know(row);
            unwritten.merge(
                    new Key(row.second(), row.scenario(), row.stage()),
                    new Counts(row.begun(), row.dropped(), row.late()),
                    Counts::plus);
        }
    }

    /** Of the open loads in one second. */
    Counts in(long second) {
        return seconds.getOrDefault(second, Counts.NONE);
    }

    /** Of the open loads so far. */
    Counts total() {
        return total;
    }

    void write(Connection connection, RunRef run) throws SQLException {
        Batch.write(connection, """
                insert into reporting.arrivals as old (run_id, second, scenario, stage, project_id, begun, dropped, late)
                values (?, to_timestamp(?), ?, ?, ?, ?, ?, ?)
                on conflict (run_id, second, scenario, stage) do update set begun = old.begun + excluded.begun,
                    dropped = old.dropped + excluded.dropped, late = old.late + excluded.late""", unwritten.entrySet(), entry -> new Object[] {
            run.runId(),
            entry.getKey().second(),
            entry.getKey().scenario(),
            entry.getKey().stage(),
            run.project(),
            entry.getValue().begun(),
            entry.getValue().dropped(),
            entry.getValue().late()
        });
    }

    void written() {
        unwritten.clear();
    }
}
