package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Counts the refused records of one batch. A run is named only if it is one: what else a stranger writes is not kept. */
final class RefusedRecords {

    private final int partition;
    private final Map<Key, Long> counts = new HashMap<>();

    private record Key(String runId, String project, Refusal refusal) {}

    RefusedRecords(int partition) {
        this.partition = partition;
    }

    void count(Refusal refusal, @Nullable RunMemory run) {
        var key = run == null
                ? new Key("", "", refusal)
                : new Key(run.run().runId(), run.run().project(), refusal);
        counts.merge(key, 1L, Long::sum);
    }

    void write(Connection connection, Instant now) throws SQLException {
        Batch.write(connection, """
                insert into reporting.refused_record as old (partition, run_id, reason, project_id, count, last_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (partition, run_id, reason) do update set
                    count = old.count + excluded.count, last_at = excluded.last_at""", counts.entrySet(), entry -> new Object[] {
            partition,
            entry.getKey().runId(),
            entry.getKey().refusal().slug(),
            entry.getKey().project(),
            entry.getValue(),
            Timestamp.from(now)
        });
    }
}
