package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

import dev.loadstar.contract.wire.PointsRecord;
import dev.loadstar.reporting.StreamPositions.Position;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A partition of {@code points} while this process owns it, with its live runs. Each batch is merged in memory, and its
 * rows and the new position are kept in one transaction; when that fails, memory is dropped and read again. Not safe for
 * several threads: {@link Merger} lets one in at a time.
 */
final class OwnedPartition {

    /** Records whose histograms are in memory one by one: those of a large batch would fill the heap. */
    private static final int DECODED_AT_ONCE = 200;

    private final Transactions transactions;
    private final TimelineTable timeline;
    private final SignedRecords signed;
    private final MergeMetrics metrics;
    private final Clock clock;
    private final int partition;

    private final LiveRuns runs;
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
        this.runs = new LiveRuns(partition);
    }

    /** Takes the partition from whoever had it, and rebuilds its live runs from the tables. */
    static OwnedPartition claim(Merger.Parts parts, int partition) {
        return parts.transactions().run(connection -> {
            var owned = new OwnedPartition(parts, StreamPositions.claim(connection, partition));
            owned.runs.load(connection);
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
        return runs.all();
    }

    /** A record that passed the first check, or why it did not; with what it measured, once that is decoded. */
    private record Checked(
            ConsumerRecord<String, byte[]> record,
            @Nullable PointsRecord content,
            List<CheckedSeries> series,
            @Nullable Refusal refusal) {

        Checked decoded() {
            if (content == null || !content.hasPoints()) {
                return this;
            }
            try {
                return new Checked(record, content, CheckedSeries.of(content.getPoints()), refusal);
            } catch (RefusedException e) {
                return new Checked(record, content, series, e.refusal());
            }
        }
    }

    /**
     * Merges what was not merged before.
     *
     * @throws StreamPositions.OvertakenException if another process owns the partition by now
     */
    void merge(List<ConsumerRecord<String, byte[]>> records) {
        refresh();
        long next = position.next();
        var checked = records.parallelStream()
                .filter(record -> record.offset() >= next)
                .map(this::check)
                .toList();
        if (!checked.isEmpty()) {
            timeline.prepare(secondsOf(checked));
            keep(connection -> mergeAll(connection, checked));
            checked.forEach(one -> metrics.lag(clock.millis() - one.record().timestamp()));
        }
    }

    private Checked check(ConsumerRecord<String, byte[]> record) {
        try {
            return new Checked(record, signed.open(record), List.of(), null);
        } catch (RefusedException e) {
            return new Checked(record, null, List.of(), e.refusal());
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
        seconds.removeIf(second -> !timeline.takes(second, now));
        return seconds;
    }

    private Position mergeAll(Connection connection, List<Checked> checked) throws SQLException {
        var refused = new RefusedRecords(partition);
        var touched = new HashSet<RunMemory>();
        for (int from = 0; from < checked.size(); from += DECODED_AT_ONCE) {
            var some = checked.subList(from, Math.min(checked.size(), from + DECODED_AT_ONCE));
            for (var one : some.parallelStream().map(Checked::decoded).toList()) {
                if (one.content() == null || one.refusal() != null) {
                    refuse(refused, one.refusal() == null ? Refusal.UNREADABLE : one.refusal(), one);
                } else {
                    merge(connection, one, one.content(), touched, refused);
                }
            }
        }
        for (var run : touched) {
            run.write(connection, timeline);
        }
        refused.write(connection, clock.instant());
        return StreamPositions.move(
                connection, position, checked.getLast().record().offset() + 1);
    }

    private void refuse(RefusedRecords refused, Refusal refusal, Checked one) {
        var run = runs.known(one.record().key());
        refused.count(refusal, run == null ? null : run.run(), one.content());
        metrics.refused(refusal);
    }

    private void merge(
            Connection connection,
            Checked one,
            PointsRecord content,
            Collection<RunMemory> touched,
            RefusedRecords refused)
            throws SQLException {
        try {
            if (content.getKindCase() == PointsRecord.KindCase.RUN_FORGOTTEN) {
                touched.removeIf(run -> run.run().runId().equals(content.getRunId()));
                runs.forget(connection, content.getRunId());
            } else {
                touched.add(merge(connection, content, one.series()));
            }
        } catch (RefusedException e) {
            if (e.closed() == null) {
                refuse(refused, e.refusal(), one);
            } else if (LateRecords.isNew(connection, e.closed(), content)) {
                refused.count(e.refusal(), e.closed(), content);
                metrics.refused(e.refusal());
            }
        }
    }

    private RunMemory merge(Connection connection, PointsRecord content, List<CheckedSeries> series)
            throws SQLException {
        var now = clock.instant();
        if (content.getKindCase() == PointsRecord.KindCase.RUN_OPENED) {
            return runs.open(connection, content.getRunId(), content.getRunOpened());
        }
        var run = runs.find(connection, content.getRunId());
        switch (content.getKindCase()) {
            case POINTS -> {
                if (!timeline.takes(content.getPoints().getSecond(), now)) {
                    throw new RefusedException(Refusal.WRONG_TIME);
                }
                metrics.merged(run.merge(content.getPoints(), series));
            }
            case EXECUTOR_END -> metrics.merged(run.end(content.getExecutorEnd()));
            case PLAN_REVISED -> run.revise(content.getPlanRevised());
            case RUN_ENDED -> run.end(content.getRunEnded(), now);
            case RUN_OPENED, RUN_FORGOTTEN, KIND_NOT_SET -> throw new RefusedException(Refusal.UNREADABLE);
        }
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
        runs.remove(run);
    }

    /** Keeps all of it or forgets all of it. */
    private void keep(Transactions.Work<Position> work) {
        try {
            stale = true;
            position = transactions.run(work);
            runs.all().forEach(RunMemory::written);
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
                runs.load(connection);
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
