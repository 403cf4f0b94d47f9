package dev.loadstar.results;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Queries about one run, whose id is the first parameter of each. */
record RunQuery(Connection connection, String runId) {

    private static final int ROWS_AT_ONCE = 1_000;

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    interface RowVisitor {
        void visit(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String sql, RowReader<T> reader, Object... more) throws SQLException {
        var read = new ArrayList<T>();
        each(sql, row -> read.add(reader.read(row)), more);
        return read;
    }

    /** Without keeping any. */
    void each(String sql, RowVisitor visitor, Object... more) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setString(1, runId);
            for (int i = 0; i < more.length; i++) {
                statement.setObject(i + 2, more[i]);
            }
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.visit(rows);
                }
            }
        }
    }

    /** As a parameter. */
    Array numbers(Collection<Integer> numbers) throws SQLException {
        return connection.createArrayOf("int4", numbers.toArray());
    }
}
