package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.reporting.prometheus.Prometheus.Value;
import org.jspecify.annotations.Nullable;

/** What queries to the target's Prometheus gave. A run that is closed takes nothing more, whoever asks. */
final class TargetTable {

    private final Transactions transactions;
    private final RunRef run;
    private final TargetQuery query;

    TargetTable(Transactions transactions, RunRef run, TargetQuery query) {
        this.transactions = transactions;
        this.run = run;
        this.query = query;
    }

    /** In place of what is there of these seconds. */
    void add(List<Value> values, Instant at) {
        transactions.run(connection -> {
            if (isOpen(connection)) {
                write(connection, values);
                tell(connection, null, at);
            }
            return true;
        });
    }

    /** In place of all that is there. */
    void replace(List<Value> values, Instant at) {
        transactions.run(connection -> {
            if (isOpen(connection)) {
                Batch.write(
                        connection,
                        "delete from reporting.target_value where run_id = ? and query = ?",
                        List.of(query.id()),
                        id -> new Object[] {run.runId(), id});
                write(connection, values);
                tell(connection, null, at);
            }
            return true;
        });
    }

    /** Why it could not be asked; what is there stays. */
    void fail(String problem, Instant at) {
        transactions.run(connection -> {
            if (isOpen(connection)) {
                tell(connection, problem, at);
            }
            return true;
        });
    }

    private boolean isOpen(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement("select 1 from reporting.run where run_id = ? and not closed for share")) {
            statement.setString(1, run.runId());
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private void write(Connection connection, List<Value> values) throws SQLException {
        Batch.write(connection, """
                insert into reporting.target_value (run_id, query, second, project_id, value)
                values (?, ?, to_timestamp(?), ?, ?)
                on conflict (run_id, query, second) do update set value = excluded.value""", values, value ->
                new Object[] {run.runId(), query.id(), value.second(), run.project(), value.value()});
    }

    private void tell(Connection connection, @Nullable String problem, Instant at) throws SQLException {
        Batch.write(connection, """
                insert into reporting.target_query (run_id, query, project_id, problem, asked_at) values (?, ?, ?, ?, ?)
                on conflict (run_id, query) do update set problem = excluded.problem, asked_at = excluded.asked_at""", List.of(query.id()), id ->
                new Object[] {run.runId(), id, run.project(), problem, Timestamp.from(at)});
    }
}
