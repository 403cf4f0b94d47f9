package dev.loadstar.results;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import dev.loadstar.results.RunTables.Arrived;
import org.jspecify.annotations.Nullable;

/** Merges a run's rows into one point per interval. */
final class TimelineReader {

    private final RunTables tables;
    private final StoredRun run;
    private final int resolution;
    private final @Nullable PlannedUsers planned;
    private final @Nullable PlannedRates rates;

    TimelineReader(RunTables tables, StoredRun run, int resolution) {
        this.tables = tables;
        this.run = run;
        this.resolution = resolution;
        this.planned = PlannedUsers.of(run.plan());
        this.rates = PlannedRates.of(run.plan());
    }

    List<TimelinePoint> read() throws SQLException {
        var points = new ArrayList<TimelinePoint>();
        long begin = run.firstSecond() - RunTables.ROLLED.getLast();
        long kept = resolution == 1 ? Math.max(run.secondsFrom(), begin) : begin;
        if (kept > begin) {
            read(RunTables.ROLLED.getFirst(), begin, kept, points);
        }
        read(resolution, kept, RunTables.FOREVER, points);
        return points;
    }

    private void read(int length, long from, long to, List<TimelinePoint> into) throws SQLException {
        var intervals = new TreeMap<Long, Interval>();
        tables.requests(
                run,
                length,
                from,
                to,
                row -> at(intervals, row.second(), length).samples.add(row.samples()));
        tables.users(length, from, to).forEach((second, users) -> at(intervals, second, length).users = users);
        tables.arrived(length, from, to).forEach((second, arrived) -> at(intervals, second, length).arrived = arrived);
        intervals.forEach((second, interval) -> into.add(point(second, length, interval)));
    }

    private static Interval at(Map<Long, Interval> intervals, long second, int length) {
        return intervals.computeIfAbsent(second - Math.floorMod(second, length), ignored -> new Interval());
    }

    private TimelinePoint point(long second, int length, Interval interval) {
        return new TimelinePoint(
                Instant.ofEpochSecond(second),
                length,
                interval.samples.count(),
                interval.samples.errors(),
                interval.samples.percentile(50),
                interval.samples.percentile(95),
                interval.samples.percentile(99),
                interval.users == null ? null : (Double) Digits.perSecond(interval.users),
                planned == null ? null : mean(planned::at, second, length),
                interval.samples.intendedPercentile(95),
                rates == null ? null : mean(rates::at, second, length),
                rates == null ? null : interval.perSecond(Arrived::begun, length),
                rates == null ? null : interval.perSecond(Arrived::dropped, length));
    }

    /** Over the seconds of the interval; null before the first load. */
    private @Nullable Double mean(ToDoubleFunction<Duration> plan, long second, int length) {
        Long start = run.loadStartMillis();
        if (start == null) {
            return null;
        }
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += plan.applyAsDouble(Duration.ofMillis((second + i) * 1000 + 500 - start));
        }
        return Digits.perSecond(sum / length);
    }

    private static final class Interval {
        private final Samples samples = new Samples();
        private @Nullable Double users;
        private @Nullable Arrived arrived;

        /** Null where nothing was told of any. */
        @Nullable
        Double perSecond(ToLongFunction<Arrived> which, int seconds) {
            return arrived == null ? null : (Double) Digits.perSecond((double) which.applyAsLong(arrived) / seconds);
        }
    }
}
