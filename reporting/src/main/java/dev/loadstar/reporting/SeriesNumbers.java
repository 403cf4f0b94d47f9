package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.results.Series;

/** Numbers a run's series, so that a row of the timeline need not repeat a label of any length. */
final class SeriesNumbers {

    /** A script that puts numbers into its labels would fill the database; what comes after that many is one label. */
    private static final int MOST = 5_000;

    static final String OTHER_LABELS = "(other labels)";

    private final Map<Integer, Series> series;
    private final Map<Series, Integer> numbers = new HashMap<>();
    private final List<Integer> unwritten = new ArrayList<>();

    SeriesNumbers(Map<Integer, Series> stored) {
        series = new HashMap<>(stored);
        stored.forEach((number, of) -> numbers.put(of, number));
    }

    int number(Series of) {
        Integer known = numbers.get(of);
        if (known != null) {
            return known;
        }
        boolean full = series.size() >= MOST && !of.label().equals(OTHER_LABELS);
        return full ? number(new Series(of.scenario(), of.stage(), OTHER_LABELS, of.kind(), of.outcome())) : add(of);
    }

    private int add(Series of) {
        int number = series.size() + 1;
        series.put(number, of);
        numbers.put(of, number);
        unwritten.add(number);
        return number;
    }

    Map<Integer, Series> all() {
        return series;
    }

    Series get(int number) {
        var found = series.get(number);
        if (found == null) {
            throw new IllegalArgumentException("no series " + number);
        }
        return found;
    }

    void write(Connection connection, RunRef run) throws SQLException {
        Batch.write(connection, """
                insert into reporting.series (run_id, series, project_id, scenario, stage, label, kind, outcome)
                values (?, ?, ?, ?, ?, ?, ?, ?)""", unwritten, number -> {
            var of = get(number);
            return new Object[] {
                run.runId(),
                number,
                run.project(),
                of.scenario(),
                of.stage(),
                of.label(),
                (short) of.kind().getNumber(),
                (short) of.outcome().getNumber()
            };
        });
    }

    void written() {
        unwritten.clear();
    }
}
