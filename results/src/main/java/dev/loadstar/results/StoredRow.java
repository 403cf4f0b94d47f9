package dev.loadstar.results;

import java.sql.ResultSet;
import java.sql.SQLException;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.SeriesPoint;

/** Turns rows into what they stand for. */
final class StoredRow {

    private StoredRow() {}

    static StoredRun run(String runId, ResultSet row) throws SQLException {
        byte[] ended = row.getBytes("ended");
        return new StoredRun(
                runId,
                row.getString("project_id"),
                row.getInt("number"),
                Json.read(row.getString("plan"), RunPlan.class),
                row.getTimestamp("opened_at").toInstant(),
                row.getObject("load_start_millis", Long.class),
                ended == null ? null : parseEnded(ended),
                row.getString("stopped_by_rule"),
                row.getLong("rolled_to"),
                row.getLong("seconds_from"));
    }

    private static RunEnded parseEnded(byte[] bytes) {
        try {
            return RunEnded.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the stored end of a run cannot be read", e);
        }
    }

    static Samples samples(ResultSet row, Series series) throws SQLException {
        var point = SeriesPoint.newBuilder()
                .setOutcome(series.outcome())
                .setCount(row.getLong("count"))
                .setSumMicros(row.getLong("sum_micros"))
                .setSumSquaresMicros(row.getDouble("sum_squares"))
                .setMinMicros(row.getLong("min_micros"))
                .setMaxMicros(row.getLong("max_micros"))
                .setBytesReceived(row.getLong("bytes_received"))
                .setBytesSent(row.getLong("bytes_sent"))
                .setService(bytes(row, "service"))
                .setIntended(bytes(row, "intended"))
                .setTtfb(bytes(row, "ttfb"))
                .setConnect(bytes(row, "connect"));
        return Samples.of(point.build());
    }

    private static ByteString bytes(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? ByteString.EMPTY : ByteString.copyFrom(bytes);
    }
}
