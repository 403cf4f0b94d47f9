package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.results.ClosedRun;
import dev.loadstar.results.Judgement;

/** Table {@code result}, which is also the outbox of the events that tell about it. */
final class ResultTable {

    private ResultTable() {}

    /** A result that Kafka may not have heard of yet. */
    record Unsent(String runId, Judgement judgement) {}

    static void insert(Connection connection, RunRef run, ClosedRun closed, Instant now) throws SQLException {
        Batch.write(connection, """
                insert into reporting.result (run_id, project_id, partition, result, judgement, verdict, created_at)
                values (?, ?, ?, ?, ?, ?, ?)""", List.of(closed), of -> new Object[] {
            run.runId(),
            run.project(),
            run.partition(),
            Json.write(of.result()),
            Json.write(of.judgement()),
            of.judgement().verdict().name(),
            Timestamp.from(now)
        });
    }

    static List<Unsent> unsent(Connection connection, Collection<Integer> partitions) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select run_id, judgement from reporting.result where partition = any (?) and sent_at is null")) {
            statement.setArray(1, connection.createArrayOf("int", partitions.toArray()));
            try (var rows = statement.executeQuery()) {
                var unsent = new ArrayList<Unsent>();
                while (rows.next()) {
                    unsent.add(new Unsent(rows.getString(1), Json.read(rows.getString(2), Judgement.class)));
                }
                return unsent;
            }
        }
    }

    static void sent(Connection connection, String runId, Instant now) throws SQLException {
        Batch.write(connection, "update reporting.result set sent_at = ? where run_id = ?", List.of(runId), id ->
                new Object[] {Timestamp.from(now), id});
    }
}
