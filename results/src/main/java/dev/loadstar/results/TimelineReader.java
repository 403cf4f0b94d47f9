package dev.loadstar.results;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

/** Merges a run's rows into one point per interval. */
final class TimelineReader {

    private final RunTables tables;
    private final StoredRun run;
    private final int resolution;

    TimelineReader(RunTables tables, StoredRun run, int resolution) {
        this.tables = tables;
        this.run = run;
        this.resolution = resolution;
    }

    List<TimelinePoint> read() throws SQLException {
        var intervals = new TreeMap<Long, Interval>();
        var series = tables.series();
        for (var row : tables.newestAndRolled(run, resolution, series)) {
            var of = series.get(row.series());
            if (of != null && of.isRequest()) {
                at(intervals, row.second()).samples.add(row.samples());
            }
        }
        for (var second : tables.executorSeconds()) {
            at(intervals, second.second()).addUsers(second.second(), second.active());
        }
        for (var row : tables.arrivalSeconds()) {
            at(intervals, row.second()).addArrivals(row);
        }
        return points(intervals);
    }

    private Interval at(Map<Long, Interval> intervals, long second) {
        return intervals.computeIfAbsent(second - Math.floorMod(second, resolution), ignored -> new Interval());
    }

    private List<TimelinePoint> points(Map<Long, Interval> intervals) {
        var planned = PlannedUsers.of(run.plan());
        var rates = PlannedRates.of(run.plan());
        var points = new ArrayList<TimelinePoint>(intervals.size());
        intervals.forEach((second, interval) -> points.add(new TimelinePoint(
                Instant.ofEpochSecond(second),
                interval.samples.count(),
                interval.samples.errors(),
                interval.samples.percentile(50),
                interval.samples.percentile(95),
                interval.samples.percentile(99),
                interval.meanUsers(),
                planned == null ? null : mean(planned::at, second),
                interval.samples.intendedPercentile(95),
                rates == null ? null : mean(rates::at, second),
                rates == null ? null : interval.perSecond(interval.begun, resolution),
                rates == null ? null : interval.perSecond(interval.dropped, resolution))));
        return points;
    }

    /** Over the seconds of the interval; null before the first load. */
    private @Nullable Double mean(ToDoubleFunction<Duration> plan, long second) {
        Long start = run.loadStartMillis();
        if (start == null) {
            return null;
        }
        double sum = 0;
        for (int i = 0; i < resolution; i++) {
            sum += plan.applyAsDouble(Duration.ofMillis((second + i) * 1000 + 500 - start));
        }
        return Digits.perSecond(sum / resolution);
    }

    private static final class Interval {
        private final Samples samples = new Samples();
        private final Map<Long, Double> users = new TreeMap<>();
        private long begun;
        private long dropped;
        private boolean told;

        void addArrivals(RunTables.ArrivalRow row) {
            told = true;
            begun += row.begun();
            dropped += row.dropped();
        }

        @Nullable
        Double perSecond(long count, int seconds) {
            return told ? (Double) Digits.perSecond((double) count / seconds) : null;
        }

        void addUsers(long second, double active) {
            users.merge(second, active, Double::sum);
        }

        @Nullable
        Double meanUsers() {
            return users.isEmpty()
                    ? null
                    : Digits.perSecond(users.values().stream()
                            .mapToDouble(d -> d)
                            .average()
                            .orElse(0));
        }
    }
}
