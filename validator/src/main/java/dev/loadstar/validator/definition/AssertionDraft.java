package dev.loadstar.validator.definition;

import java.util.Set;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.Op;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import org.jspecify.annotations.Nullable;

/** An assertion without its id. */
record AssertionDraft(String text, Metric metric, String stat, Scope scope, Op op, double value) {

    AssertionPlan plan(Place place, int number, Set<String> ids) {
        String id = place.at("id").text().orElseGet(() -> fresh(subject() + "-" + number, ids));
        return new AssertionPlan(id, text, metric, stat, scope, op, value, place.pointer());
    }

    private String subject() {
        return switch (metric) {
            case LATENCY_SERVICE, LATENCY_INTENDED -> stat;
            case ERRORS -> "errors";
            case REQUESTS -> "requests";
            case BYTES_RECEIVED -> "bytes";
            case LOAD_DELIVERED -> "load";
            case ARRIVALS_DROPPED -> "dropped";
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
        String counted = stat == null || subject.equals(stat) || stat.equals("ratio") || stat.equals("count")
                ? subject
                : stat + " " + subject;
        String sentence = new AssertionSentence(counted, scope.request(), op, value, scope.stage()).text();
        return scope.scenario() == null ? sentence : sentence + " (scenario " + scope.scenario() + ")";
    }
}
