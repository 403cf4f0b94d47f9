package dev.loadstar.reporting;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.wire.RunOpened;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The runs of one partition that are not closed yet; one that is not in memory is read from the tables. */
final class LiveRuns {

    private static final int PROJECT_LENGTH = 200;

    private final int partition;
    private final Map<String, RunMemory> runs = new HashMap<>();

    LiveRuns(int partition) {
        this.partition = partition;
    }

    /** All anew from the tables. */
    void load(Connection connection) throws SQLException {
        runs.clear();
        for (var stored : RunRow.live(connection, partition)) {
            runs.put(stored.run().runId(), RunMemory.load(connection, stored));
        }
    }

    Collection<RunMemory> all() {
        return runs.values();
    }

    /** One that is in memory. */
    @Nullable
    RunMemory known(@Nullable String runId) {
        return runs.get(runId);
    }

    /** @throws RefusedException if there is none, or it is closed */
    RunMemory find(Connection connection, String runId) throws SQLException {
        var known = runs.get(runId);
        if (known != null) {
            return known;
        }
        var run = RunMemory.load(connection, stored(connection, runId));
        runs.put(runId, run);
        return run;
    }

    private RunRow.Stored stored(Connection connection, String runId) throws SQLException {
        var stored = RunRow.find(connection, runId);
        if (stored == null) {
            throw new RefusedException(Refusal.UNKNOWN_RUN);
        }
        if (stored.run().partition() != partition) {
            throw new RefusedException(Refusal.WRONG_KEY);
        }
        if (stored.closed()) {
            throw RefusedException.late(stored.run());
        }
        return stored;
    }

    /** Opens a run; one that is open already stays as it is. */
    RunMemory open(Connection connection, String runId, RunOpened opened) throws SQLException {
        if (!runs.containsKey(runId) && RunRow.find(connection, runId) == null) {
            checkPlan(opened.getPlanJson());
            RunRow.insert(
                    connection,
                    new RunRef(runId, Text.of(opened.getProject(), PROJECT_LENGTH), opened.getNumber(), partition),
                    opened.getPlanJson(),
                    Instant.ofEpochMilli(opened.getOpenedAtMillis()));
        }
        return find(connection, runId);
    }

    /** What is stored of the run goes away later; from now on nothing of it is taken. */
    void forget(Connection connection, String runId) throws SQLException {
        RunRow.forget(connection, runId);
        runs.remove(runId);
    }

    private static void checkPlan(String plan) {
        try {
            Json.read(plan, RunPlan.class);
        } catch (JacksonException e) {
            throw new RefusedException(Refusal.UNREADABLE, e);
        }
    }

    void remove(RunMemory run) {
        runs.remove(run.run().runId());
    }

    void clear() {
        runs.clear();
    }
}
