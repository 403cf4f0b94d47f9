package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

import dev.loadstar.contract.wire.ExecutorEnd;
import dev.loadstar.reporting.Bulk.Column;
import dev.loadstar.reporting.ExecutorRows.Second;
import dev.loadstar.results.GeneratorHealth;

/** The tables about the executors of one run. What is added up here is added once: in the transaction that moves the stream's position. */
final class ExecutorTables {

    private static final List<Column<Second>> SECOND = List.of(
            Column.ints(Second::executor),
            Column.longs(Second::second),
            Column.longs(Second::requests),
            Column.longs(Second::errors),
            Column.doubles(Second::active),
            Column.doubles(Second::planned),
            Column.doubles(second -> second.health().cpu()),
            Column.longs(second -> second.health().heapBytes()),
            Column.longs(second -> second.health().gcMillis()),
            Column.longs(second -> second.health().lagMicros()),
            Column.longs(second -> second.health().receivedBytes()),
            Column.longs(second -> second.health().sentBytes()));

    private static final List<Column<Position>> POSITION = List.of(
            Column.ints(Position::executor), Column.longs(Position::epoch), Column.longs(Position::lastSequence));

    private final Connection connection;
    private final String runId;

    /** How far one life of an executor has been heard. */
    record Position(int executor, long epoch, long lastSequence) {}

    ExecutorTables(Connection connection, String runId) {
        this.connection = connection;
        this.runId = runId;
    }

    void readInto(ExecutorRows rows) throws SQLException {
        each(
                "select executor, epoch, last_sequence from reporting.executor_position where run_id = ?",
                row -> rows.knowPosition(row.getInt(1), row.getLong(2), row.getLong(3)));
        each("select executor from reporting.executor_end where run_id = ?", row -> rows.knowEnd(row.getInt(1)));
        each(
                "select executor, sum(requests)::bigint from reporting.executor_second where run_id = ? group by 1",
                row -> rows.knowRequests(row.getInt(1), row.getLong(2)));
        each("""
                select executor, extract(epoch from second)::bigint as at, requests, errors, active, planned, cpu, heap_bytes,
                       gc_millis, lag_micros, received_bytes, sent_bytes
                from reporting.executor_second e where run_id = ? and second >
                    (select max(second) from reporting.executor_second m where m.run_id = e.run_id) - interval '15 s'
                order by second""", row -> rows.knowSecond(second(row)));
    }

    private static Second second(ResultSet row) throws SQLException {
        return new Second(
                row.getInt("executor"),
                row.getLong("at"),
                row.getLong("requests"),
                row.getLong("errors"),
                row.getDouble("active"),
                row.getObject("planned", Double.class),
                GeneratorHealth.stored(row));
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void each(String sql, RowReader reader) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, runId);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    /** @param seconds each once */
    void writeSeconds(String project, List<Second> seconds) throws SQLException {
        Bulk.write(connection, """
                insert into reporting.executor_second as old (run_id, project_id, executor, second, requests, errors,
                    active, planned, cpu, heap_bytes, gc_millis, lag_micros, received_bytes, sent_bytes)
                select ?, ?, executor, to_timestamp(second), requests, errors, active, planned, cpu, heap_bytes,
                    gc_millis, lag_micros, received_bytes, sent_bytes
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as row (executor, second, requests, errors, active, planned, cpu, heap_bytes, gc_millis, lag_micros,
                        received_bytes, sent_bytes)
                on conflict (run_id, executor, second) do update set
                    requests = old.requests + excluded.requests, errors = old.errors + excluded.errors,
                    active = excluded.active, planned = excluded.planned, cpu = excluded.cpu,
                    heap_bytes = excluded.heap_bytes, gc_millis = old.gc_millis + excluded.gc_millis,
                    lag_micros = greatest(old.lag_micros, excluded.lag_micros),
                    received_bytes = coalesce(old.received_bytes + excluded.received_bytes, excluded.received_bytes),
                    sent_bytes = coalesce(old.sent_bytes + excluded.sent_bytes, excluded.sent_bytes)""", List.of(runId, project), seconds, SECOND);
    }

    void writeEnds(String project, Collection<ExecutorEnd> ends) throws SQLException {
        Batch.write(connection, """
                insert into reporting.executor_end
                    (run_id, executor, epoch, project_id, produced, declared_lost, tool_failed, message)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""", ends, end -> new Object[] {
            runId,
            end.getExecutor(),
            end.getEpoch(),
            project,
            end.getProduced(),
            end.getDeclaredLost(),
            end.getToolFailed(),
            Text.of(end.getMessage(), 2_000)
        });
    }

    /** Number of the last record that was heard of that life of the executor, -1 where none was. */
    long lastSequence(int executor, long epoch) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select last_sequence from reporting.executor_position where run_id = ? and executor = ? and epoch = ?""")) {
            statement.setString(1, runId);
            statement.setInt(2, executor);
            statement.setLong(3, epoch);
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : -1;
            }
        }
    }

    void writePositions(String project, List<Position> positions) throws SQLException {
        Bulk.write(connection, """
                insert into reporting.executor_position (run_id, project_id, executor, epoch, last_sequence)
                select ?, ?, executor, epoch, last_sequence from unnest(?, ?, ?) as row (executor, epoch, last_sequence)
                on conflict (run_id, executor, epoch) do update set last_sequence = excluded.last_sequence""", List.of(runId, project), positions, POSITION);
    }
}
