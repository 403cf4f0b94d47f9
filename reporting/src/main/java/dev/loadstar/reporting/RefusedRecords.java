package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.loadstar.contract.wire.Points;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;
import org.jspecify.annotations.Nullable;

/** Counts the refused records of one batch. A run is named only if it is one: what else a stranger writes is not kept. */
final class RefusedRecords {

    private final int partition;
    private final Map<Key, Counts> counts = new HashMap<>();

    /** @param executor 0 where that is not proven */
    private record Key(String runId, String project, Refusal refusal, int executor) {}

    private record Counts(long records, long requests) {
        Counts plus(Counts other) {
            return new Counts(records + other.records, requests + other.requests);
        }
    }

    RefusedRecords(int partition) {
        this.partition = partition;
    }

    /**
     * @param run null where nobody knows it
     * @param content of a record that was signed with the run's key, else null
     */
    void count(Refusal refusal, @Nullable RunRef run, @Nullable PointsRecord content) {
        var points = run == null || content == null ? Points.getDefaultInstance() : content.getPoints();
        var key = run == null
                ? new Key("", "", refusal, 0)
                : new Key(run.runId(), run.project(), refusal, points.getExecutor());
        counts.merge(key, new Counts(1, requests(points)), Counts::plus);
    }

    private static long requests(Points points) {
        return points.getSeriesList().stream()
                .filter(series -> series.getKind() == SampleKind.REQUEST && series.getCount() > 0)
                .mapToLong(SeriesPoint::getCount)
                .sum();
    }

    void write(Connection connection, Instant now) throws SQLException {
        Batch.write(connection, """
                insert into reporting.refused_record as old
                    (partition, run_id, reason, executor, project_id, count, requests, last_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (run_id, reason, executor, partition) do update set
                    count = old.count + excluded.count, requests = old.requests + excluded.requests,
                    last_at = excluded.last_at""", counts.entrySet(), entry -> new Object[] {
            partition,
            entry.getKey().runId(),
            entry.getKey().refusal().slug(),
            entry.getKey().executor(),
            entry.getKey().project(),
            entry.getValue().records(),
            entry.getValue().requests(),
            Timestamp.from(now)
        });
    }
}
