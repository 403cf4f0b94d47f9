package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.wire.ErrorPoint;

/** Counts of errors by series and kind that are not written yet. */
final class ErrorRows {

    private static final int KIND_LENGTH = 100;
    private static final int MESSAGE_LENGTH = 500;

    private final Map<Key, Errors> unwritten = new HashMap<>();

    private record Key(int series, String kind) {}

    /** @param message of the first one */
    private record Errors(String message, long count, long firstMillis) {
        Errors plus(Errors other) {
            return new Errors(
                    firstMillis <= other.firstMillis ? message : other.message,
                    count + other.count,
                    Math.min(firstMillis, other.firstMillis));
        }
    }

    void add(int series, List<ErrorPoint> errors) {
        for (var error : errors) {
            unwritten.merge(
                    new Key(series, Text.of(error.getKind(), KIND_LENGTH)),
                    new Errors(Text.of(error.getMessage(), MESSAGE_LENGTH), error.getCount(), error.getFirstMillis()),
                    Errors::plus);
        }
    }

    void write(Connection connection, RunRef run) throws SQLException {
        Batch.write(connection, """
                insert into reporting.error_count as old (run_id, series, kind, project_id, message, count, first_at)
                values (?, ?, ?, ?, ?, ?, to_timestamp(? / 1000.0))
                on conflict (run_id, series, kind) do update set count = old.count + excluded.count,
                    message = case when excluded.first_at < old.first_at then excluded.message else old.message end,
                    first_at = least(old.first_at, excluded.first_at)""", unwritten.entrySet(), entry -> new Object[] {
            run.runId(),
            entry.getKey().series(),
            entry.getKey().kind(),
            run.project(),
            entry.getValue().message(),
            entry.getValue().count(),
            entry.getValue().firstMillis()
        });
    }

    void written() {
        unwritten.clear();
    }
}
