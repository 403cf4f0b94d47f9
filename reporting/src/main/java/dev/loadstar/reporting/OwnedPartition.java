package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.contract.wire.RunOpened;
import dev.loadstar.reporting.StreamPositions.Position;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A partition of {@code points} while this process owns it, with its live runs. Each batch is merged in memory, and its
 * rows and the new position are kept in one transaction; when that fails, memory is dropped and read again. Not safe for
 * several threads: {@link Merger} lets one in at a time.
 */
final class OwnedPartition {

    private final Transactions transactions;
    private final TimelineTable timeline;
    private final SignedRecords signed;
    private final MergeMetrics metrics;
    private final Clock clock;
    private final int partition;

    private final Map<String, RunMemory> runs = new HashMap<>();
    private Position position;
    private boolean stale;

    private OwnedPartition(Merger.Parts parts, Position position) {
        this.transactions = parts.transactions();
        this.timeline = parts.timeline();
        this.signed = parts.signed();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
        this.partition = position.partition();
        this.position = position;
    }

    /** Takes the partition from whoever had it, and rebuilds its live runs from the tables. */
    static OwnedPartition claim(Merger.Parts parts, int partition) {
        return parts.transactions().run(connection -> {
            var owned = new OwnedPartition(parts, StreamPositions.claim(connection, partition));
            owned.loadRuns(connection);
            return owned;
        });
    }

    /** Offset of the next record to merge. */
    long next() {
        return position.next();
    }

    int partition() {
        return partition;
    }

    Collection<RunMemory> runs() {
        return runs.values();
    }

    private void loadRuns(Connection connection) throws SQLException {
        runs.clear();
        for (var stored : RunRow.live(connection, partition)) {
            runs.put(stored.run().runId(), RunMemory.load(connection, stored));
        }
    }

    /** A record that passed the first check, or why it did not. */
    private record Checked(
            ConsumerRecord<String, byte[]> record,
            @Nullable PointsRecord content,
            @Nullable Refusal refusal) {}

    /**
     * Merges what was not merged before.
     *
     * @throws StreamPositions.OvertakenException if another process owns the partition by now
     */
    void merge(List<ConsumerRecord<String, byte[]>> records) {
        refresh();
        var checked = new ArrayList<Checked>();
        for (var record : records) {
            if (record.offset() >= position.next()) {
                checked.add(check(record));
            }
        }
        if (!checked.isEmpty()) {
            timeline.prepare(secondsOf(checked));
            keep(connection -> mergeAll(connection, checked));
            checked.forEach(one -> metrics.lag(clock.millis() - one.record().timestamp()));
        }
    }

    private Checked check(ConsumerRecord<String, byte[]> record) {
        try {
            return new Checked(record, signed.open(record), null);
        } catch (RefusedException e) {
            return new Checked(record, null, e.refusal());
        }
    }

    private Collection<Long> secondsOf(List<Checked> checked) {
        var now = clock.instant();
        var seconds = new HashSet<Long>();
        for (var one : checked) {
            if (one.content() != null && one.content().hasPoints()) {
                seconds.add(one.content().getPoints().getSecond());
            }
        }
        seconds.removeIf(second -> !TimelineTable.takes(second, now));
        return seconds;
    }

    private Position mergeAll(Connection connection, List<Checked> checked) throws SQLException {
        var refused = new RefusedRecords(partition);
        var touched = new HashSet<RunMemory>();
        for (var one : checked) {
            var refusal = one.refusal() != null ? one.refusal() : merge(connection, one.content(), touched);
            if (refusal != null) {
                refused.count(refusal, runs.get(one.record().key()));
                metrics.refused(refusal);
            }
        }
        for (var run : touched) {
            run.write(connection, timeline);
        }
        refused.write(connection, clock.instant());
        return StreamPositions.move(
                connection, position, checked.getLast().record().offset() + 1);
    }

    private @Nullable Refusal merge(
            Connection connection, @Nullable PointsRecord content, Collection<RunMemory> touched) throws SQLException {
        if (content == null) {
            return Refusal.UNREADABLE;
        }
        try {
            touched.add(merge(connection, content));
            return null;
        } catch (RefusedException e) {
            return e.refusal();
        }
    }

    private RunMemory merge(Connection connection, PointsRecord content) throws SQLException {
        var now = clock.instant();
        if (content.getKindCase() == PointsRecord.KindCase.RUN_OPENED) {
            return open(connection, content.getRunId(), content.getRunOpened());
        }
        var run = run(connection, content.getRunId());
        switch (content.getKindCase()) {
            case POINTS -> metrics.merged(run.merge(connection, content.getPoints(), now));
            case EXECUTOR_END -> metrics.merged(run.end(content.getExecutorEnd()));
            case RUN_ENDED -> run.end(content.getRunEnded(), now);
            case RUN_OPENED, KIND_NOT_SET -> throw new RefusedException(Refusal.UNREADABLE);
        }
        return run;
    }

    private RunMemory open(Connection connection, String runId, RunOpened opened) throws SQLException {
        var known = runs.get(runId);
        if (known != null) {
            return known;
        }
        if (RunRow.find(connection, runId) == null) {
            var run = new RunRef(runId, Text.of(opened.getProject(), 200), opened.getNumber(), partition);
            checkPlan(opened.getPlanJson());
            RunRow.insert(connection, run, opened.getPlanJson(), Instant.ofEpochMilli(opened.getOpenedAtMillis()));
        }
        return run(connection, runId);
    }

    private static void checkPlan(String plan) {
        try {
            Json.read(plan, RunPlan.class);
        } catch (JacksonException e) {
            throw new RefusedException(Refusal.UNREADABLE, e);
        }
    }

    private RunMemory run(Connection connection, String runId) throws SQLException {
        var known = runs.get(runId);
        if (known != null) {
            return known;
        }
        var stored = RunRow.find(connection, runId);
        if (stored == null) {
            throw new RefusedException(Refusal.UNKNOWN_RUN);
        }
        if (stored.run().partition() != partition) {
            throw new RefusedException(Refusal.WRONG_KEY);
        }
        if (stored.closed()) {
            throw new RefusedException(Refusal.RUN_CLOSED);
        }
        var run = RunMemory.load(connection, stored);
        runs.put(runId, run);
        return run;
    }

    /** Closes a run: its result is kept in the same transaction in which nobody else could own the partition. */
    void close(RunMemory run, RunClosing closing) {
        refresh();
        keep(connection -> {
            run.rollAll(connection, timeline);
            closing.close(connection, run);
            return StreamPositions.move(connection, position, position.next());
        });
        runs.remove(run.run().runId());
    }

    /** Keeps all of it or forgets all of it. */
    private void keep(Transactions.Work<Position> work) {
        try {
            stale = true;
            position = transactions.run(work);
            runs.values().forEach(RunMemory::written);
            stale = false;
        } catch (RuntimeException e) {
            runs.clear();
            throw e;
        }
    }

    /** After a failed transaction, of which nobody knows whether it was kept. */
    void refresh() {
        if (stale) {
            position = transactions.run(connection -> {
                loadRuns(connection);
                return StreamPositions.reread(connection, position);
            });
            stale = false;
        }
    }

    /** The log was made anew and begins at a lower offset than the one that is known. */
    void restartAt(long offset) {
        position = transactions.run(connection -> StreamPositions.move(connection, position, offset));
    }
}
