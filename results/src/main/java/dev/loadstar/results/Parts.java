package dev.loadstar.results;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.results.Measured.ExecutorSecond;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * Cuts out of a run what assertions are judged on. Transactions and parts of requests count only where the assertion names
 * one by its label and no request has it.
 */
final class Parts {

    private final Measured measured;
    private final StageArrivals arrivals;
    private final @Nullable LoadTime time;
    private final AssertionScope.Frame frame;
    private final Set<String> scheduled;

    Parts(Measured measured, StageArrivals arrivals, @Nullable LoadTime time, AssertionScope.Frame frame) {
        this.measured = measured;
        this.arrivals = arrivals;
        this.time = time;
        this.frame = frame;
        this.scheduled = measured.run().plan().scenarios().stream()
                .filter(scenario -> scenario.load().hasSchedule())
                .map(ScenarioPlan::name)
                .collect(Collectors.toSet());
    }

    /** Whether samples of that series count for the assertion. */
    boolean counts(AssertionPlan assertion, Series series) {
        var scope = frame.scope(assertion.scope());
        return series.kind() == kind(assertion.scope(), scope) && scope.covers(series);
    }

    /** Of everything that was measured. */
    Part whole(AssertionPlan assertion) {
        var scope = frame.scope(assertion.scope());
        var kind = kind(assertion.scope(), scope);
        var samples = new Samples();
        measured.totals().forEach((series, of) -> {
            if (series.kind() == kind && scope.covers(series)) {
                samples.add(withIntended(series, of));
            }
        });
        var stages = StageTimes.of(measured.run().plan()).all();
        var decided = arrivals.of(stages, scope::covers);
        return new Part(
                begin(Duration.ZERO),
                samples,
                decided == null ? Part.NO_ARRIVALS : decided,
                assertion.metric() == Metric.LATENCY_INTENDED
                        ? arrivals.missing(measured, series -> series.isRequest() && scope.covers(series))
                        : 0,
                generator(assertion, scope),
                target(assertion, scope),
                scope.spans(length()).stream().map(Span::length).reduce(Duration.ZERO, Duration::plus));
    }

    /** Of each window of the time in which the scope had load. What came after its last one belongs to that. */
    List<Part> windows(AssertionPlan assertion, Duration every) {
        var scope = frame.scope(assertion.scope());
        var windows = scope.spans(length()).stream()
                .flatMap(span -> span.divided(every).stream())
                .toList();
        return time == null || windows.isEmpty() ? List.of() : parts(assertion, windows, Long.MAX_VALUE, time);
    }

    /**
     * Of one window.
     *
     * @param from first second, inclusive; {@code to} exclusive
     */
    Part window(AssertionPlan assertion, long from, long to, LoadTime load) {
        var span = new Span(
                Duration.ofMillis(from * 1000 - load.startMillis()), Duration.ofMillis(to * 1000 - load.startMillis()));
        return parts(assertion, List.of(span), to, load).getFirst();
    }

    private List<Part> parts(AssertionPlan assertion, List<Span> windows, long to, LoadTime load) {
        var scope = frame.scope(assertion.scope());
        var cuts = new TreeMap<Long, Cut>();
        windows.forEach(window -> cuts.put(firstSecond(window, load), new Cut(window)));
        var kind = kind(assertion.scope(), scope);
        Predicate<Series> wanted = series -> series.kind() == kind && scope.covers(series);
        switch (assertion.metric()) {
            case ARRIVALS_DROPPED -> addArrivals(cuts, scope, to);
            case GENERATOR_CPU ->
                generator(assertion, scope).stream()
                        .filter(second -> second.second() < to)
                        .forEach(second -> at(cuts, second.second()).generator.add(second));
            case PROMETHEUS ->
                target(assertion, scope).stream()
                        .filter(value -> value.second().getEpochSecond() < to)
                        .forEach(value ->
                                at(cuts, value.second().getEpochSecond()).target.add(value));
            case LATENCY_INTENDED -> {
                addArrivals(cuts, scope, to);
                addSamples(cuts, wanted, to);
            }
            case LATENCY_SERVICE, CONNECT, TTFB, ERRORS, REQUESTS, BYTES_RECEIVED -> addSamples(cuts, wanted, to);
            case LOAD_DELIVERED -> throw new IllegalArgumentException("the delivered load is not judged in windows");
        }
        var spans = scope.spans(length());
        var perArrival = new HashMap<StageKey, Double>();
        return cuts.values().stream()
                .map(cut -> cut.part(
                        begin(cut.window.from()),
                        spans,
                        stage -> perArrival.computeIfAbsent(stage, of -> samplesPerArrival(of, wanted))))
                .toList();
    }

    /** A second belongs to the window that its middle lies in. */
    private static long firstSecond(Span window, LoadTime load) {
        return Math.ceilDiv(load.startMillis() + window.from().toMillis() - 500, 1000);
    }

    private static Cut at(NavigableMap<Long, Cut> cuts, long second) {
        var found = cuts.floorEntry(second);
        return (found == null ? requireNonNull(cuts.firstEntry()) : found).getValue();
    }

    private void addSamples(NavigableMap<Long, Cut> cuts, Predicate<Series> wanted, long to) {
        measured.history()
                .each(
                        wanted,
                        cuts.firstKey(),
                        to,
                        (second, series, samples) -> at(cuts, second).samples.add(withIntended(series, samples)));
    }

    private void addArrivals(NavigableMap<Long, Cut> cuts, AssertionScope scope, long to) {
        for (var row : measured.history().arrivals(cuts.firstKey(), to)) {
            var stage = new StageKey(row.scenario(), row.stage());
            if (scope.covers(stage)) {
                at(cuts, row.second())
                        .arrivals
                        .merge(
                                stage,
                                new ArrivalResult(0, row.begun(), row.dropped(), row.late()),
                                ArrivalResult::plus);
            }
        }
    }

    /** As many as on average of the whole run; one where nothing is known of it. */
    private double samplesPerArrival(StageKey stage, Predicate<Series> wanted) {
        var of = arrivals.of(stage.scenario(), stage.stage());
        return of == null || of.begun() == 0
                ? 1
                : (double) measured.count(series -> StageKey.of(series).equals(stage) && wanted.test(series))
                        / of.begun();
    }

    private List<ExecutorSecond> generator(AssertionPlan assertion, AssertionScope scope) {
        var load = time;
        return assertion.metric() != Metric.GENERATOR_CPU || load == null
                ? List.of()
                : measured.seconds().stream()
                        .filter(second -> scope.covers(second, load))
                        .toList();
    }

    private List<TargetSeries.Value> target(AssertionPlan assertion, AssertionScope scope) {
        var load = time;
        return assertion.metric() != Metric.PROMETHEUS || load == null
                ? List.of()
                : measured.target(assertion.scope().query()).values().stream()
                        .filter(value -> scope.covers(value, load))
                        .toList();
    }

    private SampleKind kind(AssertionPlan.Scope asked, AssertionScope scope) {
        if (asked.request() == null || has(SampleKind.REQUEST, scope)) {
            return SampleKind.REQUEST;
        }
        return has(SampleKind.TRANSACTION, scope)
                ? SampleKind.TRANSACTION
                : has(SampleKind.PART, scope) ? SampleKind.PART : SampleKind.REQUEST;
    }

    private boolean has(SampleKind kind, AssertionScope scope) {
        return measured.totals().keySet().stream().anyMatch(series -> series.kind() == kind && scope.covers(series));
    }

    private Samples withIntended(Series series, Samples samples) {
        return scheduled.contains(series.scenario()) ? samples : samples.unscheduled();
    }

    private Instant begin(Duration sinceStart) {
        return time == null
                ? measured.run().opened()
                : Instant.ofEpochMilli(time.startMillis()).plus(sinceStart);
    }

    private Duration length() {
        return time == null ? Duration.ZERO : time.length();
    }

    /** One window while it is filled. */
    private static final class Cut {
        private final Span window;
        private final Samples samples = new Samples();
        private final Map<StageKey, ArrivalResult> arrivals = new HashMap<>();
        private final List<ExecutorSecond> generator = new ArrayList<>();
        private final List<TargetSeries.Value> target = new ArrayList<>();

        Cut(Span window) {
            this.window = window;
        }

        private interface PerArrival {
            double samples(StageKey stage);
        }

        Part part(Instant begin, List<Span> spans, PerArrival perArrival) {
            var sum = Part.NO_ARRIVALS;
            double missing = 0;
            for (var stage : arrivals.entrySet()) {
                sum = sum.plus(stage.getValue());
                missing += stage.getValue().dropped() * perArrival.samples(stage.getKey());
            }
            var time = spans.stream().map(window::common).reduce(Duration.ZERO, Duration::plus);
            return new Part(begin, samples, sum, Math.round(missing), generator, target, time);
        }
    }
}
