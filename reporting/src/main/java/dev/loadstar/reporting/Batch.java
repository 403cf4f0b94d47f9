package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** One statement for many rows in one round trip. */
final class Batch {

    private Batch() {}

    /** The values of one row in the order of the statement's parameters. */
    interface Values<T> {
        Object[] of(T row);
    }

    static <T> void write(Connection connection, String sql, Collection<T> rows, Values<T> values) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (T row : rows) {
                Object[] parameters = values.of(row);
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
