package dev.loadstar.results;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.loadstar.results.RunTables.ArrivalRow;

/** Seconds that a test put in. */
final class SampledHistory implements History {

    final List<ArrivalRow> arrivals = new ArrayList<>();
    final Map<Series, Map<String, Long>> errors = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private record Row(long second, Series series, Samples samples) {}

    void add(long second, Series series, Samples samples) {
        rows.add(new Row(second, series, samples));
    }

    @Override
    public void each(Predicate<Series> which, long from, long to, Visitor visitor) {
        rows.stream()
                .filter(row -> which.test(row.series()) && row.second() >= from && row.second() < to)
                .forEach(row -> visitor.visit(row.second(), row.series(), row.samples()));
    }

    @Override
    public List<ArrivalRow> arrivals(long from, long to) {
        return arrivals.stream()
                .filter(row -> row.second() >= from && row.second() < to)
                .toList();
    }

    @Override
    public Map<Series, Map<String, Long>> errorKinds() {
        return errors;
    }
}
