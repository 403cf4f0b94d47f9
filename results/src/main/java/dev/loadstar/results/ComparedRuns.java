package dev.loadstar.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.loadstar.contract.run.ComparisonDocument.Row;
import dev.loadstar.contract.run.ComparisonDocument.Significance;
import dev.loadstar.contract.run.RunDocument.LabelResult;
import dev.loadstar.contract.run.RunDocument.Summary;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.results.compare.Change;
import dev.loadstar.results.compare.Figure;
import org.jspecify.annotations.Nullable;

/** Compares every figure of every label of two runs. */
final class ComparedRuns {

    /** Smaller changes are none, however sure they are: histograms know values to 0.1 %. */
    private static final double SMALLEST = 0.01;

    /**
     * Share of wrong ones among the differences that are called so: with many figures some differ by chance (Benjamini and
     * Hochberg, Controlling the False Discovery Rate, J. R. Stat. Soc. B 57, 1995).
     */
    private static final double FALSE_DISCOVERIES = 0.03;

    private final Side a;
    private final Side b;
    private final List<RunResult> comparable;

    /** @param comparable finished runs that tell how far runs of this test differ among themselves */
    ComparedRuns(Side a, Side b, List<RunResult> comparable) {
        this.a = a;
        this.b = b;
        this.comparable = comparable;
    }

    /** A run with all that was measured. */
    record Side(RunResult result, Map<Series, Samples> totals) {

        Optional<LabelResult> find(Key key) {
            return ComparedRuns.find(result, key);
        }

        Samples samples(Key key) {
            var sum = new Samples();
            totals.forEach((series, samples) -> {
                if (key.covers(series)) {
                    sum.add(samples);
                }
            });
            return sum;
        }
    }

    /** A label; all requests where it has no name. */
    record Key(@Nullable String scenario, @Nullable String label, String kind) {
        static final Key ALL = new Key(null, null, Series.name(SampleKind.REQUEST));

        static Key of(LabelResult label) {
            return new Key(label.scenario(), label.label(), label.kind());
        }

        boolean covers(Series series) {
            return kind.equals(Series.name(series.kind()))
                    && (label == null || label.equals(series.label()))
                    && (scenario == null || scenario.equals(series.scenario()));
        }

        String words() {
            return label == null ? "of all requests" : "of '%s'".formatted(label);
        }
    }

    private record Compared(
            Key key,
            ComparedFigure figure,
            @Nullable Double a,
            @Nullable Double b,
            @Nullable Change change) {

        boolean isTested() {
            return change != null && (figure.hasError() || change.isNoiseKnown());
        }

        double probability() {
            return Objects.requireNonNull(change).probability();
        }
    }

    List<Row> rows() {
        var compared = new ArrayList<Compared>();
        for (Key key : keys()) {
            var before = a.find(key);
            var after = b.find(key);
            var samples = new Pair(a.samples(key), b.samples(key));
            for (ComparedFigure figure : ComparedFigure.values()) {
                @Nullable Double from = before.map(figure::of).orElse(null);
                @Nullable Double to = after.map(figure::of).orElse(null);
                if (from != null || to != null) {
                    compared.add(compare(key, figure, samples, from, to));
                }
            }
        }
        double level = level(compared);
        return compared.stream().map(one -> row(one, level)).toList();
    }

    private Set<Key> keys() {
        var keys = new LinkedHashSet<Key>();
        keys.add(Key.ALL);
        a.result().labels().forEach(label -> keys.add(Key.of(label)));
        b.result().labels().forEach(label -> keys.add(Key.of(label)));
        return keys;
    }

    private record Pair(Samples a, Samples b) {}

    private Compared compare(Key key, ComparedFigure figure, Pair samples, @Nullable Double from, @Nullable Double to) {
        if (from == null || to == null) {
            return new Compared(key, figure, from, to, null);
        }
        var alike = comparable.stream()
                .flatMap(run -> find(run, key).map(figure::of).stream())
                .toList();
        var change = Change.of(
                new Figure(to, figure.error(to, samples.b())),
                List.of(new Figure(from, figure.error(from, samples.a()))),
                alike);
        return new Compared(key, figure, from, to, change);
    }

    /** The largest probability that is significant among so many. */
    private static double level(List<Compared> all) {
        double[] sorted = all.stream()
                .filter(Compared::isTested)
                .mapToDouble(Compared::probability)
                .sorted()
                .toArray();
        double level = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] <= FALSE_DISCOVERIES * (i + 1) / sorted.length) {
                level = sorted[i];
            }
        }
        return level;
    }

    /** What there is to know of all rows, without a full stop. */
    static String sentence(List<Row> rows) {
        long worse = count(rows, Significance.WORSE);
        long better = count(rows, Significance.BETTER);
        if (worse + better == 0) {
            return "no figure changed by more than noise explains";
        }
        var most = rows.stream()
                .filter(row -> row.significance() == (worse > 0 ? Significance.WORSE : Significance.BETTER))
                .max(Comparator.comparingDouble(ComparedRuns::size))
                .orElseThrow();
        return "%d of %d figures %s worse, %d better; most of all: %s"
                .formatted(worse, rows.size(), worse == 1 ? "is" : "are", better, most.sentence());
    }

    private static long count(List<Row> rows, Significance significance) {
        return rows.stream().filter(row -> row.significance() == significance).count();
    }

    private static double size(Row row) {
        Double change = row.change();
        return change == null ? Double.POSITIVE_INFINITY : Math.abs(change);
    }

    private static Row row(Compared one, double level) {
        var change = one.change();
        var significance = significance(one, level);
        return new Row(
                one.key().scenario(),
                one.key().label(),
                one.key().kind(),
                one.figure().title(),
                one.figure().unit(),
                one.a(),
                one.b(),
                change == null || !Double.isFinite(change.relative()) ? null : (Double) Digits.ratio(change.relative()),
                one.isTested() ? (Double) Digits.ratio(one.probability()) : null,
                significance,
                new ComparedWords(one.key().words(), one.figure(), significance).sentence(one.a(), one.b(), change));
    }

    private static Significance significance(Compared one, double level) {
        var change = one.change();
        if (change == null) {
            return Significance.UNKNOWN;
        }
        if (Math.abs(change.relative()) < SMALLEST) {
            return Significance.SAME;
        }
        if (!one.isTested()) {
            return Significance.UNKNOWN;
        }
        if (one.probability() > level) {
            return Significance.SAME;
        }
        return change.relative() > 0 == one.figure().isBetterWhenMore() ? Significance.BETTER : Significance.WORSE;
    }

    private static Optional<LabelResult> find(RunResult run, Key key) {
        var summary = run.summary();
        if (key.label() == null) {
            return summary == null ? Optional.empty() : Optional.of(all(summary));
        }
        return run.labels().stream().filter(label -> Key.of(label).equals(key)).findFirst();
    }

    private static LabelResult all(Summary summary) {
        return new LabelResult(
                "",
                "",
                Key.ALL.kind(),
                summary.requests(),
                summary.errors(),
                summary.errorRatio(),
                summary.requestsPerSecond(),
                summary.latencyMs(),
                summary.intendedLatencyMs());
    }
}
