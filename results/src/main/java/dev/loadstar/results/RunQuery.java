package dev.loadstar.results;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Queries about one run, whose id is the first parameter of each. */
record RunQuery(Connection connection, String runId) {

    private static final int ROWS_AT_ONCE = 1_000;

    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String sql, RowReader<T> reader, Object... more) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setString(1, runId);
            for (int i = 0; i < more.length; i++) {
                statement.setObject(i + 2, more[i]);
            }
            try (var rows = statement.executeQuery()) {
                var read = new ArrayList<T>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        }
    }
}
