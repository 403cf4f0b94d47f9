package dev.loadstar.reporting;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.wire.Points;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.results.PlannedRates;
import dev.loadstar.results.PlannedUsers;
import dev.loadstar.results.StageTimes;
import org.jspecify.annotations.Nullable;

/** The one row of a run in table {@code run}, and what follows from its plan. */
final class RunState {

    private final Instant opened;
    private final Map<Integer, Duration> startAfter = new HashMap<>();

    private RunPlan plan;
    private StageTimes stages;
    private @Nullable PlannedUsers plannedUsers;
    private @Nullable PlannedRates plannedRates;
    private @Nullable Long loadStartMillis;
    private @Nullable RunEnded ended;
    private @Nullable Instant endedAt;
    private long rolledTo;
    private boolean changed;
    private boolean revised;

    RunState(RunPlan plan, Instant opened) {
        this.plan = plan;
        this.opened = opened;
        this.stages = StageTimes.of(plan);
        this.plannedUsers = PlannedUsers.of(plan);
        this.plannedRates = PlannedRates.of(plan);
        for (Shard shard : plan.shards()) {
            startAfter.put(shard.executor(), shard.scenario().startAfter());
        }
    }

    /** As it is stored. */
    void restore(@Nullable Long loadStartMillis, @Nullable RunEnded ended, @Nullable Instant endedAt, long rolledTo) {
        this.loadStartMillis = loadStartMillis;
        this.ended = ended;
        this.endedAt = endedAt;
        this.rolledTo = rolledTo;
    }

    /** With the loads that people changed as they are now. */
    RunPlan plan() {
        return plan;
    }

    /** From now on that is, and always was, the load of the scenario. */
    void revise(String scenario, Load load) {
        plan = plan.withLoad(scenario, load);
        stages = StageTimes.of(plan);
        plannedUsers = PlannedUsers.of(plan);
        plannedRates = PlannedRates.of(plan);
        revised = true;
    }

    boolean revised() {
        return revised;
    }

    Instant opened() {
        return opened;
    }

    StageTimes stages() {
        return stages;
    }

    @Nullable
    PlannedUsers plannedUsers() {
        return plannedUsers;
    }

    @Nullable
    PlannedRates plannedRates() {
        return plannedRates;
    }

    /** Null before the first load. */
    @Nullable
    Long loadStartMillis() {
        return loadStartMillis;
    }

    /** Until the worker tells the instant, the first second with load says it well enough for a live view. */
    void learnStart(Points points) {
        double planned = points.getHealth().getPlannedUsers();
        boolean load = points.getSeriesCount() > 0
                || points.getArrivalsCount() > 0
                || planned > 0
                || (Double.isNaN(planned) && points.getHealth().getActiveUsers() > 0);
        if (!load || ended != null) {
            return;
        }
        long begin = points.getSecond() * 1000
                - startAfter.getOrDefault(points.getExecutor(), Duration.ZERO).toMillis();
        if (loadStartMillis == null || begin < loadStartMillis) {
            loadStartMillis = begin;
            changed = true;
        }
    }

    @Nullable
    RunEnded ended() {
        return ended;
    }

    @Nullable
    Instant endedAt() {
        return endedAt;
    }

    /** Null while the run goes on. */
    @Nullable
    Instant loadEnd() {
        return ended == null || ended.getLoadEndedMillis() == 0
                ? endedAt
                : Instant.ofEpochMilli(ended.getLoadEndedMillis());
    }

    /** The first word about the end counts. */
    void end(RunEnded ended, Instant at) {
        if (this.ended == null) {
            this.ended = ended;
            this.endedAt = at;
            if (ended.getLoadStartedMillis() > 0) {
                loadStartMillis = ended.getLoadStartedMillis();
            }
            changed = true;
        }
    }

    /** Rows of 10 s and 60 s hold exactly the rows of 1 s before this second. */
    long rolledTo() {
        return rolledTo;
    }

    void rolledTo(long second) {
        rolledTo = second;
        changed = true;
    }

    boolean changed() {
        return changed;
    }

    void written() {
        changed = false;
        revised = false;
    }
}
