package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/**
 * Many rows in one statement that takes each column as an array, so that what a statement costs is paid once for all of
 * them. No two rows of a call may be the same one of the table.
 */
final class Bulk {

    private static final int ROWS = 1_000;

    private Bulk() {}

    /** Value of one column of a row. */
    interface Value<T> {
        @Nullable
        Object of(T row);
    }

    /**
     * One column.
     *
     * @param type its name in PostgreSQL
     * @param array makes an array of its type in Java, which decides how it is sent
     */
    record Column<T>(String type, IntFunction<@Nullable Object[]> array, Value<T> value) {

        static <T> Column<T> longs(Value<T> value) {
            return new Column<>("int8", Long[]::new, value);
        }

        static <T> Column<T> ints(Value<T> value) {
            return new Column<>("int4", Integer[]::new, value);
        }

        static <T> Column<T> doubles(Value<T> value) {
            return new Column<>("float8", Double[]::new, value);
        }

        static <T> Column<T> bytes(Value<T> value) {
            return new Column<>("bytea", byte[][]::new, value);
        }

        @Nullable
        Object[] of(List<T> rows) {
            @Nullable Object[] values = array.apply(rows.size());
            for (int i = 0; i < values.length; i++) {
                values[i] = value.of(rows.get(i));
            }
            return values;
        }
    }

    /** @param same parameters that come first and are the same for all rows */
    static <T> void write(Connection connection, String sql, List<Object> same, List<T> rows, List<Column<T>> columns)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (int from = 0; from < rows.size(); from += ROWS) {
                set(statement, same, rows.subList(from, Math.min(rows.size(), from + ROWS)), columns);
                statement.executeUpdate();
            }
        }
    }

    private static <T> void set(PreparedStatement statement, List<Object> same, List<T> rows, List<Column<T>> columns)
            throws SQLException {
        int at = 1;
        for (var parameter : same) {
            statement.setObject(at++, parameter);
        }
        for (var column : columns) {
            var array = statement.getConnection().createArrayOf(column.type, column.of(rows));
            statement.setArray(at++, array);
        }
    }
}
