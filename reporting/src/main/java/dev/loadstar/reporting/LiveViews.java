package dev.loadstar.reporting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;

import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.run.LiveView.ArrivalFigures;
import dev.loadstar.contract.run.LiveView.ExecutorFigures;
import dev.loadstar.contract.run.LiveView.Figures;
import dev.loadstar.contract.run.LiveView.LabelFigures;
import dev.loadstar.results.Digits;
import dev.loadstar.results.GeneratorHealth;
import dev.loadstar.results.Samples;
import dev.loadstar.results.Series;
import dev.loadstar.results.StageTimes;
import org.jspecify.annotations.Nullable;

/** Makes the live view of a run out of what is in memory. */
final class LiveViews {

    /** An executor that told nothing for that many seconds is not waited for. */
    private static final int SILENT_SECONDS = 5;

    private LiveViews() {}

    static LiveView of(RunMemory run, Instant now) {
        long second = newestComplete(run, now.getEpochSecond() - 1);
        var sinceStart = sinceStart(run, second);
        var planned = run.state().plan().plannedDuration();
        return new LiveView(
                run.run().runId(),
                run.run().project(),
                run.run().number(),
                Instant.ofEpochSecond(second),
                sinceStart == null ? 0 : Math.max(0, sinceStart.toMillis() + 500),
                planned == null ? null : planned.toMillis(),
                stage(run, sinceStart),
                plannedUsers(run, sinceStart),
                recent(run, second),
                total(run.totals().requests(), sinceStart),
                labels(run, sinceStart),
                executors(run, second),
                arrivals(run, second, sinceStart));
    }

    private static @Nullable ArrivalFigures arrivals(RunMemory run, long second, @Nullable Duration sinceStart) {
        var planned = run.state().plannedRates();
        if (planned == null) {
            return null;
        }
        var recent = run.arrivals().in(second);
        var total = run.arrivals().total();
        return new ArrivalFigures(
                sinceStart == null ? 0 : Digits.perSecond(planned.at(sinceStart)),
                recent.begun(),
                recent.dropped(),
                recent.late(),
                total.dropped(),
                total.late());
    }

    /** The newest second that every executor has told that is still heard. */
    static long newestComplete(RunMemory run, long otherwise) {
        var newest = new ArrayList<Long>();
        run.executors().newest().forEach((executor, seconds) -> {
            if (!run.executors().hasEnded(executor)) {
                newest.add(seconds.lastKey());
            }
        });
        if (newest.isEmpty()) {
            run.executors().newest().values().forEach(seconds -> newest.add(seconds.lastKey()));
        }
        long last = newest.stream().mapToLong(second -> second).max().orElse(otherwise);
        return newest.stream()
                .mapToLong(second -> second)
                .filter(second -> second >= last - SILENT_SECONDS)
                .min()
                .orElse(otherwise);
    }

    /** Time from the start of the load to the middle of the second. */
    private static @Nullable Duration sinceStart(RunMemory run, long second) {
        Long start = run.state().loadStartMillis();
        return start == null ? null : Duration.ofMillis(second * 1000 + 500 - start);
    }

    private static @Nullable String stage(RunMemory run, @Nullable Duration sinceStart) {
        return sinceStart == null
                ? null
                : run.state()
                        .stages()
                        .at(sinceStart)
                        .map(StageTimes.Stage::name)
                        .orElse(null);
    }

    private static @Nullable Double plannedUsers(RunMemory run, @Nullable Duration sinceStart) {
        var planned = run.state().plannedUsers();
        return planned == null || sinceStart == null ? null : Double.valueOf(planned.at(sinceStart));
    }

    private static Figures recent(RunMemory run, long second) {
        var samples = new Samples();
        run.seconds().rows(second).forEach((number, of) -> {
            if (run.series().get(number).isRequest()) {
                samples.add(of);
            }
        });
        double users = run.executors().newest().values().stream()
                .mapToDouble(seconds -> active(seconds, second))
                .sum();
        return figures(samples, (double) samples.count(), Digits.perSecond(users));
    }

    private static double active(NavigableMap<Long, ExecutorRows.Second> seconds, long second) {
        var at = seconds.get(second);
        return at == null ? 0 : at.active();
    }

    private static Figures total(Samples samples, @Nullable Duration sinceStart) {
        return figures(samples, perSecond(samples.count(), sinceStart), null);
    }

    private static @Nullable Double perSecond(long count, @Nullable Duration sinceStart) {
        if (sinceStart == null || sinceStart.toMillis() <= -500) {
            return null;
        }
        return Digits.perSecond(count * 1000.0 / (sinceStart.toMillis() + 500));
    }

    private static Figures figures(Samples samples, @Nullable Double perSecond, @Nullable Double users) {
        return new Figures(
                samples.count(),
                samples.errors(),
                perSecond,
                users,
                samples.percentile(50),
                samples.percentile(95),
                samples.percentile(99),
                samples.intendedPercentile(95));
    }

    private static List<LabelFigures> labels(RunMemory run, @Nullable Duration sinceStart) {
        return run.totals().labels().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().kind()))
                .map(entry -> new LabelFigures(
                        entry.getKey().scenario(),
                        entry.getKey().label(),
                        Series.name(entry.getKey().kind()),
                        total(entry.getValue(), sinceStart)))
                .toList();
    }

    private static List<ExecutorFigures> executors(RunMemory run, long second) {
        return run.executors().newest().entrySet().stream()
                .map(entry -> executor(run, entry.getKey(), entry.getValue(), second))
                .toList();
    }

    private static ExecutorFigures executor(
            RunMemory run, int number, NavigableMap<Long, ExecutorRows.Second> seconds, long second) {
        var at = seconds.get(second);
        return at == null
                ? new ExecutorFigures(number, run.executors().requests(number), 0, 0, 0, 0, 0, null, null, null)
                : new ExecutorFigures(
                        number,
                        run.executors().requests(number),
                        at.requests(),
                        Digits.perSecond(at.active()),
                        Digits.ratio(at.health().cpu()),
                        at.health().heapBytes(),
                        at.health().gcMillis(),
                        lagMs(at.health()),
                        at.health().receivedBytes(),
                        at.health().sentBytes());
    }

    private static @Nullable Double lagMs(GeneratorHealth health) {
        return health.lagMicros() == null ? null : (Double) Digits.millis((long) health.lagMicros());
    }
}
