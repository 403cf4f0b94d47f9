package dev.loadstar.validator.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.Op;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.plan.AssertionPlan.Terms;
import dev.loadstar.contract.plan.AssertionPlan.Window;
import org.jspecify.annotations.Nullable;

/** An assertion without its id. */
record AssertionDraft(String text, Metric metric, String stat, Scope scope, Op op, double value, Terms terms) {

    AssertionPlan plan(Place place, int number, Set<String> ids) {
        String id = place.at("id").text().orElseGet(() -> fresh(subject() + "-" + number, ids));
        return new AssertionPlan(id, text, metric, stat, scope, op, value, terms, place.pointer());
    }

    private String subject() {
        return switch (metric) {
            case LATENCY_SERVICE, LATENCY_INTENDED -> stat;
            case CONNECT -> "connect";
            case TTFB -> "ttfb";
            case ERRORS -> "errors";
            case REQUESTS -> "requests";
            case BYTES_RECEIVED -> "bytes";
            case LOAD_DELIVERED -> "load";
            case ARRIVALS_DROPPED -> "dropped";
            case GENERATOR_CPU -> "cpu";
            case PROMETHEUS -> String.valueOf(scope.query());
        };
    }

    private static String fresh(String wanted, Set<String> ids) {
        String id = Stream.iterate(wanted, taken -> taken + "x")
                .filter(candidate -> !ids.contains(candidate))
                .findFirst()
                .orElseThrow();
        ids.add(id);
        return id;
    }

    /** The long form as a sentence. */
    static String text(String metric, @Nullable String stat, String op, String value, Scope scope) {
        String subject = metric.equals("latency.service") && stat != null ? stat : metric;
        boolean silent = stat == null || stat.equals(subject) || stat.equals("ratio") || stat.equals("count");
        String sentence =
                new AssertionSentence(silent ? null : stat, subject, scope.request(), op, value, scope.stage()).text();
        var more = new ArrayList<String>();
        add(more, "scenario", scope.scenario());
        add(more, "executor", scope.executor());
        add(more, "status", scope.status());
        return more.isEmpty() ? sentence : sentence + " (" + String.join(", ", more) + ")";
    }

    private static void add(List<String> more, String what, @Nullable Object name) {
        if (name != null) {
            more.add(what + " " + name);
        }
    }

    /** The same sentence with the windows that it is judged in. */
    static String text(String sentence, @Nullable Window window) {
        return window == null
                ? sentence
                : "%s, in %s%% of windows of %s"
                        .formatted(
                                sentence,
                                BigDecimal.valueOf(window.holdFor())
                                        .movePointRight(2)
                                        .stripTrailingZeros()
                                        .toPlainString(),
                                Units.text(window.every()));
    }
}
