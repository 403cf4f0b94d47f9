package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import dev.loadstar.contract.wire.ExecutorEnd;
import dev.loadstar.contract.wire.ExecutorHealth;
import dev.loadstar.contract.wire.Points;
import dev.loadstar.results.GeneratorHealth;
import org.jspecify.annotations.Nullable;

/** What the executors of one run tell about themselves each second, how far each has been heard, and what is not written yet. */
final class ExecutorRows {

    /** Seconds of each executor that stay in memory, for the live view. */
    private static final int KEPT = 15;

    private final Map<Life, Long> positions = new HashMap<>();
    private final Set<Integer> ended = new HashSet<>();
    private final Map<Integer, Long> requests = new TreeMap<>();
    private final Map<Integer, NavigableMap<Long, Second>> newest = new TreeMap<>();

    private final Map<Life, Long> movedPositions = new HashMap<>();
    private final Map<Moment, Second> unwritten = new HashMap<>();
    private final List<ExecutorEnd> unwrittenEnds = new ArrayList<>();

    /** One life of an executor. */
    private record Life(int executor, long epoch) {}

    private record Moment(int executor, long second) {}

    /** @param planned null where the script decides */
    record Second(
            int executor,
            long second,
            long requests,
            long errors,
            double active,
            @Nullable Double planned,
            GeneratorHealth health) {

        static Second of(Points points, long requests, long errors) {
            ExecutorHealth health = points.getHealth();
            return new Second(
                    points.getExecutor(),
                    points.getSecond(),
                    requests,
                    errors,
                    finite(health.getActiveUsers()),
                    Double.isFinite(health.getPlannedUsers()) ? health.getPlannedUsers() : null,
                    GeneratorHealth.of(health));
        }

        private static double finite(double value) {
            return Double.isFinite(value) ? value : 0;
        }

        Second plus(Second later) {
            return new Second(
                    executor,
                    second,
                    requests + later.requests,
                    errors + later.errors,
                    later.active,
                    later.planned,
                    health.plus(later.health));
        }
    }

    static ExecutorRows load(Connection connection, String runId) throws SQLException {
        var rows = new ExecutorRows();
        new ExecutorTables(connection, runId).readInto(rows);
        return rows;
    }

    void knowPosition(int executor, long epoch, long sequence) {
        positions.put(new Life(executor, epoch), sequence);
    }

    void knowEnd(int executor) {
        ended.add(executor);
    }

    void knowRequests(int executor, long count) {
        requests.put(executor, count);
    }

    void knowSecond(Second second) {
        var seconds = newest.computeIfAbsent(second.executor(), ignored -> new TreeMap<>());
        seconds.merge(second.second(), second, Second::plus);
        while (seconds.size() > KEPT) {
            seconds.pollFirstEntry();
        }
    }

    /** Whether this record was merged before. */
    boolean knows(int executor, long epoch, long sequence) {
        return positions.getOrDefault(new Life(executor, epoch), -1L) >= sequence;
    }

    void add(Points points, Second second) {
        move(new Life(points.getExecutor(), points.getEpoch()), points.getSequence());
        requests.merge(points.getExecutor(), second.requests(), Long::sum);
        knowSecond(second);
        unwritten.merge(new Moment(second.executor(), second.second()), second, Second::plus);
    }

    void add(ExecutorEnd end) {
        move(new Life(end.getExecutor(), end.getEpoch()), end.getSequence());
        ended.add(end.getExecutor());
        unwrittenEnds.add(end);
    }

    private void move(Life life, long sequence) {
        positions.put(life, sequence);
        movedPositions.put(life, sequence);
    }

    boolean hasEnded(int executor) {
        return ended.contains(executor);
    }

    /** Every executor that was ever heard. */
    Set<Integer> heard() {
        var heard = new HashSet<>(requests.keySet());
        heard.addAll(ended);
        return heard;
    }

    long requests(int executor) {
        return requests.getOrDefault(executor, 0L);
    }

    /** The newest seconds of each executor that has told any. */
    Map<Integer, NavigableMap<Long, Second>> newest() {
        return newest;
    }

    void write(Connection connection, RunRef run) throws SQLException {
        var tables = new ExecutorTables(connection, run.runId());
        tables.writeSeconds(run.project(), List.copyOf(unwritten.values()));
        tables.writeEnds(run.project(), unwrittenEnds);
        var positions = movedPositions.entrySet().stream()
                .map(moved -> new ExecutorTables.Position(
                        moved.getKey().executor(), moved.getKey().epoch(), moved.getValue()))
                .toList();
        tables.writePositions(run.project(), positions);
    }

    void written() {
        unwritten.clear();
        unwrittenEnds.clear();
        movedPositions.clear();
    }
}
