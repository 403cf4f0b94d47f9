package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.loadstar.results.RunTables;
import dev.loadstar.results.RunTables.Row;
import dev.loadstar.results.Samples;

/**
 * What came in of a run's seconds and is not written yet, and the newest rows as the table has them. Any other row is read
 * from the table again before something is added to it.
 */
final class SecondRows {

    /** Seconds that stay here behind the newest one: as many as the live view may be behind. */
    private static final int KEPT = 6;

    private final NavigableMap<Long, Map<Integer, Samples>> added = new TreeMap<>();
    private final NavigableMap<Long, Map<Integer, Samples>> seconds = new TreeMap<>();
    private long newest;
    private long newestStored;

    /** @param newestStored second of the table: after it there is nothing to read */
    SecondRows(long newestStored) {
        this.newest = newestStored;
        this.newestStored = newestStored;
    }

    /** Takes the samples: nobody else may change them after that. */
    void add(long second, int series, Samples samples) {
        newest = Math.max(newest, second);
        var sum = added.computeIfAbsent(second, ignored -> new HashMap<>()).putIfAbsent(series, samples);
        if (sum != null) {
            sum.add(samples);
        }
    }

    /** Rows of that second by the number of their series, if they are here. */
    Map<Integer, Samples> rows(long second) {
        return seconds.getOrDefault(second, Map.of());
    }

    long newest() {
        return newest;
    }

    /** Those that something was added to since it was last written. */
    Set<Long> changed() {
        return added.keySet();
    }

    /** Also hears of what is written, once. */
    interface Sums {
        void add(int series, Samples samples);
    }

    void write(Connection connection, RunRef run, TimelineTable table, SeriesNumbers series, Sums sums)
            throws SQLException {
        List<Row> rows = new ArrayList<>();
        for (var second : added.entrySet()) {
            var stored = load(connection, run, series, second.getKey(), second.getKey() + 1)
                    .computeIfAbsent(second.getKey(), ignored -> new HashMap<>());
            second.getValue().forEach((number, samples) -> {
                sums.add(number, samples);
                var row = stored.putIfAbsent(number, samples);
                if (row != null) {
                    row.add(samples);
                }
                rows.add(new Row(second.getKey(), number, row == null ? samples : row));
            });
        }
        table.write(connection, run, 1, rows);
    }

    /**
     * Those that there are from one second up to another, which is not among them; those that are not here are read from
     * the table. It may only be changed in ways that are written.
     */
    Map<Long, Map<Integer, Samples>> load(Connection connection, RunRef run, SeriesNumbers series, long from, long to)
            throws SQLException {
        var missing = new TreeSet<Long>();
        for (long second = from; second < Math.min(to, newestStored + 1); second++) {
            if (!seconds.containsKey(second)) {
                missing.add(second);
                seconds.put(second, new HashMap<>());
            }
        }
        if (!missing.isEmpty()) {
            new RunTables(connection, run.runId()).rows(1, missing.first(), missing.last() + 1, series.all(), row -> {
                if (missing.contains(row.second())) {
                    rows(row.second()).put(row.series(), row.samples());
                }
            });
        }
        return seconds.subMap(from, to);
    }

    /** Forgets what is too old to be needed again soon and is in the table as it is here. */
    void forgetOld() {
        seconds.headMap(newest - KEPT).keySet().retainAll(added.keySet());
    }

    /** After the transaction. */
    void written() {
        newestStored = newest;
        added.clear();
        forgetOld();
    }
}
