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
 * The newest rows of one second of a run, as the table has them, plus what is not written yet. A late second that is not
 * here is read from the table again before anything is added to it.
 */
final class SecondRows {

    /** Seconds that stay here behind the newest one. */
    private static final int KEPT = 120;

    private final NavigableMap<Long, Map<Integer, Samples>> seconds = new TreeMap<>();
    private final Map<Long, Set<Integer>> unwritten = new TreeMap<>();
    private long newest;

    /** @param newest of those stored so far: after it the table has none, so that they need not be read */
    SecondRows(long newest) {
        this.newest = newest;
    }

    /** Reads the seconds that are needed and not here. */
    void load(RunTables tables, SeriesNumbers series, Set<Long> needed) throws SQLException {
        for (long second : needed) {
            if (second <= newest && !seconds.containsKey(second)) {
                var rows = new HashMap<Integer, Samples>();
                for (var row : tables.rows(1, second, second + 1, series.all())) {
                    rows.put(row.series(), row.samples());
                }
                seconds.put(second, rows);
            }
        }
    }

    void add(long second, int series, Samples samples) {
        at(second).computeIfAbsent(series, ignored -> new Samples()).add(samples);
        unwritten.computeIfAbsent(second, ignored -> new TreeSet<>()).add(series);
    }

    private Map<Integer, Samples> at(long second) {
        newest = Math.max(newest, second);
        return seconds.computeIfAbsent(second, ignored -> new HashMap<>());
    }

    /** Rows of that second by the number of their series. */
    Map<Integer, Samples> rows(long second) {
        return seconds.getOrDefault(second, Map.of());
    }

    long newest() {
        return newest;
    }

    Set<Long> unwrittenSeconds() {
        return unwritten.keySet();
    }

    void write(Connection connection, RunRef run, TimelineTable table, SeriesNumbers series) throws SQLException {
        List<Row> rows = new ArrayList<>();
        unwritten.forEach((second, numbers) -> numbers.forEach(number -> {
            var samples = rows(second).get(number);
            if (samples != null) {
                rows.add(new Row(second, number, samples));
            }
        }));
        table.write(connection, run, 1, rows, series.all());
    }

    /** After the transaction: forgets what is written and what is too old to be needed again soon. */
    void written() {
        unwritten.clear();
        seconds.headMap(newest - KEPT).clear();
    }
}
