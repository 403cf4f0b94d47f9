package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.loadstar.results.RunTables;
import dev.loadstar.results.Samples;

/**
 * Derives rows of 10 s from those of 1 s, and rows of 60 s from those of 10 s. A window is computed anew from all that it
 * covers, however often, so that late points come right and doing it twice changes nothing.
 */
final class RollUp {

    private static final int SHORT = 10;
    private static final int LONG = 60;

    private final TimelineTable table;
    private final RunRef run;
    private final SeriesNumbers series;

    RollUp(TimelineTable table, RunRef run, SeriesNumbers series) {
        this.table = table;
        this.run = run;
        this.series = series;
    }

    /** Start of the short window that the second is in: seconds are rolled up in steps of that length. */
    static long boundary(long second) {
        return second - Math.floorMod(second, SHORT);
    }

    static long nextBoundary(long second) {
        return boundary(second) + SHORT;
    }

    /** Computes every window that holds one of the seconds. */
    void roll(Connection connection, Set<Long> seconds) throws SQLException {
        roll(connection, seconds, 1, SHORT);
        roll(connection, seconds, SHORT, LONG);
    }

    private void roll(Connection connection, Set<Long> seconds, int from, int to) throws SQLException {
        var windows = new TreeSet<Long>();
        seconds.forEach(second -> windows.add(second - Math.floorMod(second, to)));
        var tables = new RunTables(connection, run.runId());
        for (long window : windows) {
            Map<Integer, Samples> merged = new TreeMap<>();
            for (var row : tables.rows(from, window, window + to, series.all())) {
                merged.computeIfAbsent(row.series(), ignored -> new Samples()).add(row.samples());
            }
            var rows = merged.entrySet().stream()
                    .map(entry -> new RunTables.Row(window, entry.getKey(), entry.getValue()))
                    .toList();
            table.write(connection, run, to, rows, series.all());
        }
    }
}
