package dev.loadstar.results;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.loadstar.results.RunTables.ArrivalRow;

/** Read from the tables, in the transaction that they were made for. */
final class StoredHistory implements History {

    private final RunTables tables;

    StoredHistory(RunTables tables) {
        this.tables = tables;
    }

    @Override
    public void each(Predicate<Series> which, long from, long to, Visitor visitor) {
        read(() -> {
            var wanted = new HashMap<>(tables.series());
            wanted.values().removeIf(which.negate());
            tables.eachSecond(from, to, wanted, visitor);
            return wanted;
        });
    }

    @Override
    public List<ArrivalRow> arrivals(long from, long to) {
        return read(() -> tables.arrivalSeconds(from, to));
    }

    @Override
    public Map<Series, Map<String, Long>> errorKinds() {
        return read(tables::errorKinds);
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException e) {
            throw new IllegalStateException("the seconds of a run cannot be read", e);
        }
    }
}
