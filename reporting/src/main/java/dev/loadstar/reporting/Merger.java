package dev.loadstar.reporting;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that this process owns: batches are merged as they come, and in between a beat tells live views, closes
 * runs whose time is over and tells results again. One thread is in here at a time.
 */
final class Merger {

    private static final Logger log = LoggerFactory.getLogger(Merger.class);

    private final Parts parts;
    private final RunClosing closing;
    private final Announcements announcements;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, OwnedPartition> owned = new TreeMap<>();
    private final Set<Integer> overtaken = new HashSet<>();
    private final Set<Integer> justAssigned = new HashSet<>();

    /** What every partition needs. */
    record Parts(
            Transactions transactions,
            TimelineTable timeline,
            SignedRecords signed,
            MergeMetrics metrics,
            Clock clock) {}

    Merger(Parts parts, RunClosing closing, Announcements announcements) {
        this.parts = parts;
        this.closing = closing;
        this.announcements = announcements;
    }

    /** @return the offset at which reading goes on */
    long assigned(int partition) {
        return locked(() -> {
            overtaken.remove(partition);
            owned.remove(partition);
            var claimed = claim(partition);
            justAssigned.add(partition);
            announcements.sendResults(List.of(partition));
            return claimed.next();
        });
    }

    /** From now on another process writes what comes from these partitions. */
    void revoked(Collection<Integer> partitions) {
        locked(() -> {
            owned.keySet().removeAll(partitions);
            justAssigned.removeAll(partitions);
            overtaken.addAll(partitions);
            return true;
        });
    }

    void merge(List<ConsumerRecord<String, byte[]>> records) {
        var byPartition = new HashMap<Integer, List<ConsumerRecord<String, byte[]>>>();
        records.forEach(record -> byPartition
                .computeIfAbsent(record.partition(), ignored -> new ArrayList<>())
                .add(record));
        locked(() -> {
            byPartition.forEach(this::merge);
            return true;
        });
    }

    private void merge(int partition, List<ConsumerRecord<String, byte[]>> records) {
        if (overtaken.contains(partition)) {
            return;
        }
        unlessOvertaken(partition, () -> {
            var of = owned.containsKey(partition) ? owned.get(partition) : claim(partition);
            long first = records.getFirst().offset();
            if (justAssigned.remove(partition) && first < of.next()) {
                log.warn("Partition {} begins anew at offset {} instead of {}", partition, first, of.next());
                of.restartAt(first);
            }
            of.merge(records);
            closeDue(of, parts.clock().instant());
        });
    }

    private OwnedPartition claim(int partition) {
        var claimed = OwnedPartition.claim(parts, partition);
        owned.put(partition, claimed);
        return claimed;
    }

    private void unlessOvertaken(int partition, Runnable work) {
        try {
            work.run();
        } catch (StreamPositions.OvertakenException e) {
            log.warn("Nothing more is written here: {}", e.getMessage());
            owned.remove(partition);
            overtaken.add(partition);
        }
    }

    /** Closes what is due. */
    void beat() {
        eachOwned(of -> {
            of.refresh();
            closeDue(of, parts.clock().instant());
        });
    }

    /** Tells the live view of every run that goes on. */
    void tick() {
        var now = parts.clock().instant();
        eachOwned(of -> of.runs().stream()
                .filter(run -> run.state().ended() == null)
                .forEach(run -> announcements.tick(LiveViews.of(run, now))));
    }

    /** Runs whose load has begun and whose targets are asked for something. */
    List<TargetMetrics.Watched> withQueries() {
        return locked(() -> owned.values().stream()
                .flatMap(of -> of.runs().stream())
                .flatMap(run -> withQueries(run).stream())
                .toList());
    }

    private static Optional<TargetMetrics.Watched> withQueries(RunMemory run) {
        var state = run.state();
        Long start = state.loadStartMillis();
        var queries = state.plan().queries();
        return start == null || queries.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TargetMetrics.Watched(run.run(), queries, Instant.ofEpochMilli(start), state.loadEnd()));
    }

    /**
     * A run that a rule may stop.
     *
     * @param until the first second that not everyone has told yet, 0 before anyone told any
     */
    record Watched(String runId, long until) {}

    /** Runs with rules while they go on. */
    List<Watched> watched() {
        return locked(() -> owned.values().stream()
                .flatMap(of -> of.runs().stream())
                .filter(run -> run.state().ended() == null
                        && !run.state().plan().abort().isEmpty())
                .map(run -> new Watched(run.run().runId(), LiveViews.newestComplete(run, -1) + 1))
                .toList());
    }

    /** Tells results again that Kafka has not taken. */
    void resend() {
        announcements.sendResults(locked(() -> List.copyOf(owned.keySet())));
    }

    private interface OnPartition {
        void run(OwnedPartition partition);
    }

    private void eachOwned(OnPartition work) {
        locked(() -> {
            for (var of : List.copyOf(owned.values())) {
                unlessOvertaken(of.partition(), () -> work.run(of));
            }
            return true;
        });
    }

    private void closeDue(OwnedPartition of, Instant now) {
        for (var run : List.copyOf(of.runs())) {
            if (closing.due(run, now)) {
                of.close(run, closing);
                announcements.sendResults(List.of(of.partition()));
            }
        }
    }

    private interface Answer<T> {
        T get();
    }

    private <T> T locked(Answer<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
