package dev.loadstar.results;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.run.RunDocument.ArrivalResult;

/** Merges the rows of one scope of a run. */
final class ScopeReader {

    private final RunTables tables;
    private final StoredRun run;

    ScopeReader(RunTables tables, StoredRun run) {
        this.tables = tables;
        this.run = run;
    }

    ScopeResult read(MeasuredScope scope) throws SQLException {
        var measured = new Measured(
                run,
                tables.totals(run, scope),
                List.of(),
                List.of(),
                Map.of(),
                arrivals(scope),
                new StoredHistory(tables),
                List.of());
        var samples = measured.sum(scope::covers);
        var ratio = samples.errorRatio();
        long missing = StageArrivals.of(measured, LoadTime.of(measured), true).missing(measured, scope::covers);
        return new ScopeResult(
                samples.count(),
                samples.errors(),
                ratio == null ? null : (Double) Digits.ratio(ratio),
                samples.latency(),
                samples.intendedLatency(missing));
    }

    /** Of the time that is asked for. */
    private Map<StageKey, ArrivalResult> arrivals(MeasuredScope scope) throws SQLException {
        var stages = new HashMap<StageKey, ArrivalResult>();
        for (var row : tables.arrivalSeconds()) {
            if (scope.covers(row.second())) {
                stages.merge(
                        new StageKey(row.scenario(), row.stage()),
                        new ArrivalResult(0, row.begun(), row.dropped(), row.late()),
                        ArrivalResult::plus);
            }
        }
        return stages;
    }
}
