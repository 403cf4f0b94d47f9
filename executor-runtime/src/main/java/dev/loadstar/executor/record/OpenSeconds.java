package dev.loadstar.executor.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;
import dev.loadstar.executor.clock.WorkerClock;
import dev.loadstar.executor.tool.Sample;

/**
 * Folds samples into series of the second in which they completed. Used by one thread. A sample of a second that was taken
 * already opens it anew and comes out with the next {@link #takeUntil}.
 */
final class OpenSeconds {

    private static final long SECOND = 1_000_000;

    private final SortedMap<Long, Map<Series, SeriesSecond>> seconds = new TreeMap<>();
    private final SeriesSecond.Encoders encoders = SeriesSecond.Encoders.create();
    private final Labels labels = new Labels();
    private final String scenario;
    private final PlannedLoad plan;
    private final WorkerClock clock;

    OpenSeconds(String scenario, PlannedLoad plan, WorkerClock clock) {
        this.scenario = scenario;
        this.plan = plan;
        this.clock = clock;
    }

    /** @param nowMicros on the worker's clock; nothing completed later than this, whatever the tool's clock says */
    void add(Sample sample, long nowMicros) {
        long started = clock.fromOwn(sample.startMicros());
        long completed = Math.min(nowMicros, started + Durations.clamp(sample.durationMicros()));
        long due = sample.intendedMicros() >= 0 ? clock.fromOwn(sample.intendedMicros()) : started;
        var series = new Series(
                plan.stageAt(due),
                labels.admit(sample.kind(), sample.label()),
                wire(sample.kind()),
                sample.errorKind() == null ? Outcome.OK : Outcome.ERROR);
        long second = Math.max(Math.floorDiv(completed, SECOND), Math.floorDiv(plan.runStartMicros(), SECOND));
        seconds.computeIfAbsent(second, s -> new HashMap<>())
                .computeIfAbsent(series, s -> new SeriesSecond())
                .add(sample, completed / 1_000, plan.hasSchedule());
    }

    static SampleKind wire(Sample.Kind kind) {
        return switch (kind) {
            case REQUEST -> SampleKind.REQUEST;
            case TRANSACTION -> SampleKind.TRANSACTION;
            case PART -> SampleKind.PART;
        };
    }

    /** Everything up to that second, by second, in order of time. */
    SortedMap<Long, List<SeriesPoint>> takeUntil(long second) {
        var due = seconds.headMap(second + 1);
        var folded = new TreeMap<Long, List<SeriesPoint>>();
        due.forEach((open, series) -> folded.put(open, points(series)));
        due.clear();
        return folded;
    }

    private List<SeriesPoint> points(Map<Series, SeriesSecond> open) {
        var points = new ArrayList<SeriesPoint>(open.size());
        open.forEach((series, values) -> points.add(values.toPoint(scenario, series, encoders)));
        return points;
    }
}
