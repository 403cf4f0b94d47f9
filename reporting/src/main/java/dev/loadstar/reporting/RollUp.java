package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.loadstar.results.AllRequests;
import dev.loadstar.results.RunTables;
import dev.loadstar.results.Samples;

/**
 * Derives rows of 10 s from those of 1 s, rows of 60 s from those, and so on, and sums up all requests on the way. An
 * interval is computed anew from all that it covers, however often, so that late points come right and doing it twice
 * changes nothing.
 */
final class RollUp {

    private static final int SHORT = RunTables.ROLLED.getFirst();
    private static final int LONG = RunTables.ROLLED.getLast();

    private final Connection connection;
    private final TimelineTable table;
    private final RunRef run;
    private final SeriesNumbers series;

    RollUp(Connection connection, TimelineTable table, RunRef run, SeriesNumbers series) {
        this.connection = connection;
        this.table = table;
        this.run = run;
        this.series = series;
    }

    /** Start of the shortest interval that the second is in: rolling up goes on in steps of that length. */
    static long boundary(long second) {
        return start(second, SHORT);
    }

    /** The first second at which every interval is over that holds this one. */
    static long end(long second) {
        return start(second, LONG) + LONG;
    }

    private static long start(long second, int length) {
        return second - Math.floorMod(second, length);
    }

    /**
     * Computes every interval that is over by then and was not before, and those before that hold one of the changed seconds.
     *
     * @param from how far this was done, a multiple of 10 s; {@code to} as well
     */
    void roll(SecondRows seconds, long from, long to, Collection<Long> changed) throws SQLException {
        int shorter = 1;
        for (int length : RunTables.ROLLED) {
            for (long start : due(length, from, to, changed, seconds.newest())) {
                write(length, start, length == SHORT ? ofSeconds(seconds, start) : ofRows(shorter, start, length));
                seconds.forgetOld();
            }
            shorter = length;
        }
    }

    private static Collection<Long> due(int length, long from, long to, Collection<Long> changed, long newest) {
        var due = new TreeSet<Long>();
        for (long second : changed) {
            if (start(second, length) + length <= to) {
                due.add(start(second, length));
            }
        }
        for (long start = start(from, length); start + length <= to && start <= newest; start += length) {
            due.add(start);
        }
        return due;
    }

    private Map<Integer, Samples> ofSeconds(SecondRows seconds, long start) throws SQLException {
        var merged = new TreeMap<Integer, Samples>();
        seconds.load(connection, run, series, start, start + SHORT)
                .values()
                .forEach(rows -> rows.forEach((number, samples) -> add(merged, number, samples)));
        for (var row : Map.copyOf(merged).entrySet()) {
            var of = series.get(row.getKey());
            if (of.isRequest()) {
                add(merged, AllRequests.number(of.outcome()), row.getValue());
            }
        }
        return merged;
    }

    private Map<Integer, Samples> ofRows(int shorter, long start, int length) throws SQLException {
        var merged = new TreeMap<Integer, Samples>();
        new RunTables(connection, run.runId())
                .rows(shorter, start, start + length, series.all(), row -> add(merged, row.series(), row.samples()));
        return merged;
    }

    private static void add(NavigableMap<Integer, Samples> merged, int series, Samples samples) {
        merged.computeIfAbsent(series, ignored -> new Samples()).add(samples);
    }

    private void write(int length, long start, Map<Integer, Samples> merged) throws SQLException {
        var rows = merged.entrySet().stream()
                .map(row -> new RunTables.Row(start, row.getKey(), row.getValue()))
                .toList();
        table.write(connection, run, length, rows);
    }
}
