package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.FailedSample;
import dev.loadstar.contract.wire.Points;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.results.Digits;
import dev.loadstar.results.RunTables;
import dev.loadstar.results.Series;

/** Failing samples of one run that are kept, and those of them that are not written yet. */
final class FailureRows {

    private static final int MOST = 200;
    private static final int MOST_OF_A_KIND = 5;
    private static final int NAME_LENGTH = 500;
    private static final int SIDE_LENGTH = 5_000;

    private final Map<Key, Integer> kept = new HashMap<>();
    private final List<FailedSample> unwritten = new ArrayList<>();
    private int written;

    private record Key(String scenario, String label, String kind) {
        static Key of(FailedSample sample) {
            return new Key(sample.scenario(), sample.label(), sample.kind());
        }
    }

    static FailureRows load(RunTables tables) throws SQLException {
        var rows = new FailureRows();
        for (FailedSample stored : tables.failures()) {
            rows.kept.merge(Key.of(stored), 1, Integer::sum);
            rows.written++;
        }
        return rows;
    }

    /** @throws RefusedException if one of them cannot be */
    static List<FailedSample> of(Points points) {
        return points.getFailuresList().stream()
                .map(failure -> sample(failure, points.getExecutor()))
                .toList();
    }

    void add(List<FailedSample> failures) {
        for (var sample : failures) {
            if (written + unwritten.size() < MOST && kept.merge(Key.of(sample), 1, Integer::sum) <= MOST_OF_A_KIND) {
                unwritten.add(sample);
            }
        }
    }

    private static FailedSample sample(dev.loadstar.contract.wire.FailedSample failure, int executor) {
        if (failure.getSampleKind() == SampleKind.UNRECOGNIZED) {
            throw new RefusedException(Refusal.UNREADABLE);
        }
        return new FailedSample(
                Text.of(failure.getScenario(), NAME_LENGTH),
                Text.of(failure.getLabel(), NAME_LENGTH),
                Series.name(failure.getSampleKind()),
                Text.of(failure.getKind(), NAME_LENGTH),
                Text.of(failure.getMessage(), NAME_LENGTH),
                Instant.ofEpochMilli(failure.getAtMillis()),
                executor,
                Digits.millis(failure.getDurationMicros()),
                side(failure.getRequest()),
                side(failure.getResponse()));
    }

    private static FailedSample.Side side(dev.loadstar.contract.wire.FailedSample.Side side) {
        return new FailedSample.Side(
                Text.of(side.getHead(), SIDE_LENGTH),
                side.getText().isEmpty() ? null : Text.of(side.getText(), SIDE_LENGTH),
                side.getBytes(),
                Text.of(side.getType(), NAME_LENGTH),
                side.getCut());
    }

    void write(Connection connection, RunRef run) throws SQLException {
        var numbered = new HashMap<Integer, FailedSample>();
        unwritten.forEach(sample -> numbered.put(written + numbered.size() + 1, sample));
        Batch.write(connection, """
                insert into reporting.failed_sample (run_id, number, project_id, scenario, label, kind, sample)
                values (?, ?, ?, ?, ?, ?, ?)""", numbered.entrySet(), entry -> new Object[] {
            run.runId(),
            entry.getKey(),
            run.project(),
            entry.getValue().scenario(),
            entry.getValue().label(),
            entry.getValue().kind(),
            Json.write(entry.getValue())
        });
    }

    void written() {
        written += unwritten.size();
        unwritten.clear();
    }
}
