package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.results.BrokenRule;
import org.jspecify.annotations.Nullable;

/** Table {@code run}. */
final class RunRow {

    private static final String COLUMNS = """
            select run_id, project_id, number, partition, plan, opened_at, load_start_millis, ended, ended_at, rolled_to,
                   closed
            from reporting.run where\s""";

    private RunRow() {}

    record Stored(RunRef run, RunState state, boolean closed) {}

    static List<Stored> live(Connection connection, int partition) throws SQLException {
        return read(connection, COLUMNS + "partition = ? and not closed", partition);
    }

    static @Nullable Stored find(Connection connection, String runId) throws SQLException {
        var found = read(connection, COLUMNS + "run_id = ?", runId);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static List<Stored> read(Connection connection, String sql, Object parameter) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            try (var rows = statement.executeQuery()) {
                var stored = new ArrayList<Stored>();
                while (rows.next()) {
                    stored.add(stored(rows));
                }
                return stored;
            }
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        var run = new RunRef(
                row.getString("run_id"), row.getString("project_id"), row.getInt("number"), row.getInt("partition"));
        var state = new RunState(
                Json.read(row.getString("plan"), RunPlan.class),
                row.getTimestamp("opened_at").toInstant());
        byte[] ended = row.getBytes("ended");
        var endedAt = row.getTimestamp("ended_at");
        state.restore(
                row.getObject("load_start_millis", Long.class),
                ended == null ? null : parse(ended),
                endedAt == null ? null : endedAt.toInstant(),
                row.getLong("rolled_to"));
        return new Stored(run, state, row.getBoolean("closed"));
    }

    private static RunEnded parse(byte[] ended) {
        try {
            return RunEnded.parseFrom(ended);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the stored end of a run cannot be read", e);
        }
    }

    static void insert(Connection connection, RunRef run, String plan, Instant opened) throws SQLException {
        Batch.write(connection, """
                insert into reporting.run (run_id, project_id, number, partition, plan, opened_at)
                values (?, ?, ?, ?, ?, ?)""", List.of(run), of ->
                new Object[] {of.runId(), of.project(), of.number(), of.partition(), plan, Timestamp.from(opened)});
    }

    static void update(Connection connection, RunRef run, RunState state) throws SQLException {
        var ended = state.ended();
        var endedAt = state.endedAt();
        Batch.write(connection, """
                update reporting.run set load_start_millis = ?, ended = ?, ended_at = ?, rolled_to = ?
                where run_id = ?""", List.of(run), of -> new Object[] {
            state.loadStartMillis(),
            ended == null ? null : ended.toByteArray(),
            endedAt == null ? null : Timestamp.from(endedAt),
            state.rolledTo(),
            of.runId()
        });
    }

    static void updatePlan(Connection connection, RunRef run, RunPlan plan) throws SQLException {
        Batch.write(connection, "update reporting.run set plan = ? where run_id = ?", List.of(run), of ->
                new Object[] {Json.write(plan), of.runId()});
    }

    /** The rule that has ordered the end of the run, if one has. */
    static Optional<BrokenRule> brokenRule(Connection connection, String runId) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select stopped_by_rule, stopped_because from reporting.run where run_id = ?")) {
            statement.setString(1, runId);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getString(1) != null
                        ? Optional.of(new BrokenRule(row.getString(1), row.getString(2)))
                        : Optional.empty();
            }
        }
    }

    static void stopByRule(Connection connection, String runId, BrokenRule rule) throws SQLException {
        Batch.write(
                connection,
                "update reporting.run set stopped_by_rule = ?, stopped_because = ? where run_id = ?",
                List.of(rule),
                of -> new Object[] {of.id(), of.sentence(), runId});
    }

    static void close(Connection connection, RunRef run) throws SQLException {
        Batch.write(connection, "update reporting.run set closed = true where run_id = ?", List.of(run), of ->
                new Object[] {of.runId()});
    }

    static void forget(Connection connection, String runId) throws SQLException {
        Batch.write(
                connection,
                "update reporting.run set forgotten = true, closed = true where run_id = ?",
                List.of(runId),
                id -> new Object[] {id});
    }
}
