package dev.loadstar.results;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.AssertionPlan.VsBaseline;
import dev.loadstar.contract.plan.BaselinePlan;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.results.compare.BaselineLimit;
import dev.loadstar.results.compare.BaselineLimit.Outcome;
import dev.loadstar.results.compare.Change;
import dev.loadstar.results.compare.Figure;

/** The figures of the runs that a run is held against, as far as they are still stored. */
final class Baselines {

    private final BaselinePlan.IfMissing ifMissing;
    private final Map<String, Found> found = new HashMap<>();

    Baselines(BaselinePlan.IfMissing ifMissing) {
        this.ifMissing = ifMissing;
    }

    /** What there is for one assertion. */
    private record Found(List<Integer> numbers, List<Figure> reference, List<Double> comparable) {}

    /**
     * What became of an assertion.
     *
     * @param detail the reason in words
     */
    record Judged(Outcome outcome, String detail) {}

    /** Of the runs that the plan has chosen. */
    static Baselines read(Connection connection, RunPlan plan) throws SQLException {
        var baseline = plan.baseline();
        var chosen = baseline == null ? null : baseline.chosen();
        var baselines = new Baselines(baseline == null ? BaselinePlan.IfMissing.SKIP : baseline.ifMissing());
        var assertions = plan.assertions().stream()
                .filter(assertion -> assertion.terms().vsBaseline() != null)
                .toList();
        if (chosen == null || assertions.isEmpty()) {
            return baselines;
        }
        for (var run : chosen.comparable()) {
            var tables = new RunTables(connection, run.id());
            var stored = tables.run();
            if (stored.isPresent()) {
                var check = new Evaluation(tables.measured(stored.get())).check();
                for (var assertion : assertions) {
                    baselines.add(assertion, run.number(), chosen.reference().contains(run), check);
                }
            }
        }
        return baselines;
    }

    private void add(AssertionPlan assertion, int number, boolean isReference, AssertionCheck run) {
        var figure = run.figure(assertion);
        if (figure != null) {
            add(assertion.id(), number, isReference, figure);
        }
    }

    void add(String assertion, int number, boolean isReference, Figure figure) {
        var of = found.computeIfAbsent(
                assertion, ignored -> new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        of.comparable().add(figure.value());
        if (isReference) {
            of.numbers().add(number);
            of.reference().add(figure);
        }
    }

    Judged judge(AssertionPlan assertion, VsBaseline limit, String unit, Figure figure) {
        var of = found.get(assertion.id());
        if (of == null || of.reference().isEmpty()) {
            return switch (ifMissing) {
                case SKIP -> new Judged(Outcome.HOLDS, "there is no run to hold it against yet, so it was not judged");
                case FAIL ->
                    new Judged(Outcome.BREACHED, "there is no run to hold it against, which counts as a breach");
            };
        }
        var change = Change.of(figure, of.reference(), of.comparable());
        var test = new BaselineLimit(limit.changeMax(), limit.atLeast());
        return new Judged(test.judge(change), test.reason(change, words(of.numbers(), change.before(), unit)));
    }

    /** {@code the median of runs 40, 41 and 42 (204 ms)}. */
    private static String words(List<Integer> numbers, double before, String unit) {
        String value = new StatValue(before, Math.round(before * 1000) / 1000.0, unit).words();
        String last = String.valueOf(numbers.getFirst());
        String runs = numbers.size() == 1
                ? "run " + last
                : "the median of runs %s and %s"
                        .formatted(
                                numbers.reversed().stream()
                                        .limit(numbers.size() - 1L)
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")),
                                last);
        return "%s (%s)".formatted(runs, value);
    }
}
