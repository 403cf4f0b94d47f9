package dev.loadstar.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.wire.SampleKind;
import org.jspecify.annotations.Nullable;

/**
 * Holds the assertions of a plan against what was measured. Samples of unmeasured stages count only where the assertion
 * names the stage; transactions and parts of requests count only where it names one by its label and no request has it.
 */
final class AssertionCheck {

    private final Measured measured;
    private final StageTimes stages;
    private final Set<String> scheduled;
    private final LoadDelivered delivered;
    private final StageArrivals arrivals;
    private final Duration loadLength;

    AssertionCheck(Measured measured, LoadDelivered delivered, StageArrivals arrivals, @Nullable LoadTime time) {
        this.measured = measured;
        this.stages = StageTimes.of(measured.run().plan());
        this.scheduled = measured.run().plan().scenarios().stream()
                .filter(scenario -> scenario.load().hasSchedule())
                .map(ScenarioPlan::name)
                .collect(Collectors.toSet());
        this.delivered = delivered;
        this.arrivals = arrivals;
        this.loadLength = time == null ? Duration.ZERO : time.length();
    }

    List<AssertionResult> all() {
        return measured.run().plan().assertions().stream().map(this::check).toList();
    }

    private AssertionResult check(AssertionPlan assertion) {
        return switch (assertion.metric()) {
            case LOAD_DELIVERED -> checkDelivered(assertion);
            case ARRIVALS_DROPPED -> checkDropped(assertion);
            case LATENCY_SERVICE, LATENCY_INTENDED, ERRORS, REQUESTS, BYTES_RECEIVED -> checkSamples(assertion);
        };
    }

    private AssertionResult checkDropped(AssertionPlan assertion) {
        var counts = arrivals.of(stages.all(), stage -> inScope(assertion.scope(), stage));
        var value = counts == null || counts.decided() == 0
                ? null
                : StatValue.dropped(assertion, counts, time(assertion.scope()));
        return value == null
                ? invalid(assertion, StatValue.unit(assertion), "no arrival was due")
                : judged(assertion, value);
    }

    private AssertionResult checkDelivered(AssertionPlan assertion) {
        var ratio = delivered.of(stages.all(), stage -> inScope(assertion.scope(), stage));
        return ratio == null
                ? invalid(assertion, "ratio", "there is no planned load to compare with")
                : judged(assertion, new StatValue(ratio, Digits.ratio(ratio), "ratio"));
    }

    private AssertionResult checkSamples(AssertionPlan assertion) {
        var samples = samples(assertion);
        String unit = StatValue.unit(assertion);
        long needed = needed(assertion);
        if (samples.count() < needed) {
            return invalid(assertion, unit, tooFew(assertion, samples.count(), needed));
        }
        var value = StatValue.of(assertion, samples, missing(assertion), time(assertion.scope()));
        return value == null ? invalid(assertion, unit, "no time passed to count in") : judged(assertion, value);
    }

    private AssertionResult judged(AssertionPlan assertion, StatValue value) {
        boolean holds = assertion.op().holds(value.exact(), assertion.value());
        return new AssertionResult(
                assertion.id(),
                assertion.text(),
                holds ? AssertionStatus.PASSED : AssertionStatus.FAILED,
                value.shown(),
                value.unit(),
                value.aboveMax() ? "it lies among arrivals that were dropped" : null,
                value.aboveMax());
    }

    private static AssertionResult invalid(AssertionPlan assertion, String unit, String detail) {
        return new AssertionResult(
                assertion.id(), assertion.text(), AssertionStatus.INVALID, null, unit, detail, false);
    }

    /** The plan's minimum; where it asks for only one sample, as many as the percentile needs to be one. */
    private long needed(AssertionPlan assertion) {
        long asked = Math.max(1, measured.run().plan().validity().minSamples());
        boolean counts = !StatValue.unit(assertion).equals("ms");
        if (counts || asked > 1) {
            return counts ? 1 : asked;
        }
        double percentile = StatValue.percentile(assertion.stat());
        return percentile >= 99.9 ? 1_000 : percentile >= 99 ? 100 : 1;
    }

    private Samples samples(AssertionPlan assertion) {
        var requests = samples(SampleKind.REQUEST, assertion.scope());
        if (requests.count() > 0 || assertion.scope().request() == null) {
            return requests;
        }
        var transactions = samples(SampleKind.TRANSACTION, assertion.scope());
        return transactions.count() > 0 ? transactions : samples(SampleKind.PART, assertion.scope());
    }

    private Samples samples(SampleKind kind, AssertionPlan.Scope scope) {
        return sum(series -> series.kind() == kind && inScope(scope, series));
    }

    private long missing(AssertionPlan assertion) {
        return assertion.metric() == AssertionPlan.Metric.LATENCY_INTENDED
                ? arrivals.missing(measured, series -> series.isRequest() && inScope(assertion.scope(), series))
                : 0;
    }

    /** With an intended latency for all, also where no schedule exists. */
    private Samples sum(Predicate<Series> which) {
        var sum = new Samples();
        measured.totals().forEach((series, samples) -> {
            if (which.test(series)) {
                sum.add(scheduled.contains(series.scenario()) ? samples : samples.unscheduled());
            }
        });
        return sum;
    }

    private boolean inScope(AssertionPlan.Scope scope, Series series) {
        return fits(scope.scenario(), series.scenario())
                && fits(scope.request(), series.label())
                && fits(scope.stage(), series.stage())
                && (scope.stage() != null || stages.measured(series.scenario(), series.stage()));
    }

    private boolean inScope(AssertionPlan.Scope scope, StageTimes.Stage stage) {
        return fits(scope.scenario(), stage.scenario())
                && fits(scope.stage(), stage.name())
                && (scope.stage() != null || stage.measured());
    }

    private static boolean fits(@Nullable String asked, String actual) {
        return asked == null || asked.equals(actual);
    }

    /** How long any stage in scope had load. */
    private Duration time(AssertionPlan.Scope scope) {
        var sorted = stages.all().stream()
                .filter(stage -> inScope(scope, stage))
                .sorted(Comparator.comparing(StageTimes.Stage::begin))
                .toList();
        var time = Duration.ZERO;
        var counted = Duration.ZERO;
        for (var stage : sorted) {
            var begin = stage.begin().compareTo(counted) > 0 ? stage.begin() : counted;
            var end = stage.endBy(loadLength);
            if (end.compareTo(begin) > 0) {
                time = time.plus(end.minus(begin));
                counted = end;
            }
        }
        return time;
    }

    private String tooFew(AssertionPlan assertion, long count, long needed) {
        String request = assertion.scope().request();
        if (count > 0) {
            return "%d of the %d samples that it needs".formatted(count, needed);
        }
        var labels = labels();
        if (request == null || labels.contains(request)) {
            return "no sample was measured";
        }
        var nearest = new NearestNames(labels).to(request);
        return "no request named '%s' was measured".formatted(request)
                + (nearest.isEmpty() ? "" : "; there is " + quoted(nearest));
    }

    private static String quoted(List<String> names) {
        var quoted = new ArrayList<String>();
        names.forEach(name -> quoted.add("'" + name + "'"));
        return String.join(", ", quoted);
    }

    private List<String> labels() {
        return measured.totals().keySet().stream().map(Series::label).distinct().toList();
    }
}
