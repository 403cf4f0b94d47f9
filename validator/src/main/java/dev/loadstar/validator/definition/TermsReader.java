package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.OnBreach;
import dev.loadstar.contract.plan.AssertionPlan.OnNoData;
import dev.loadstar.contract.plan.AssertionPlan.Op;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.plan.AssertionPlan.Terms;
import dev.loadstar.contract.plan.AssertionPlan.VsBaseline;
import dev.loadstar.contract.plan.AssertionPlan.Window;
import dev.loadstar.contract.problem.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Reads how an assertion is judged and what follows; a sentence has none of it, and so the usual terms. */
final class TermsReader {

    private final Problems problems;

    TermsReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * What the terms are about.
     *
     * @param value against a baseline the least change in the metric's unit
     */
    record Limit(AssertionMetric metric, String stat, Op op, double value, Scope scope) {}

    Terms read(Place assertion, Limit limit) {
        return new Terms(
                warnValue(assertion.at("warnValue"), limit),
                window(assertion.at("window"), limit).orElse(null),
                switch (assertion.at("onBreach").text("")) {
                    case "warn" -> OnBreach.WARN;
                    case "record" -> OnBreach.RECORD;
                    default -> OnBreach.FAIL;
                },
                switch (assertion.at("onNoData").text("")) {
                    case "fail" -> OnNoData.FAIL;
                    case "pass" -> OnNoData.PASS;
                    default -> OnNoData.INVALID;
                },
                vsBaseline(assertion, limit));
    }

    private @Nullable VsBaseline vsBaseline(Place assertion, Limit limit) {
        Place place = assertion.at("vsBaseline");
        Optional<Double> change = place.at("changeMax").text().flatMap(TermsReader::change);
        if (change.isEmpty()) {
            return null;
        }
        boolean upper = limit.op() == Op.LT || limit.op() == Op.LE;
        boolean fall = change.get() < 0;
        if (upper == fall) {
            problems.invalid(
                    place.at("changeMax"),
                    "`changeMax` must be a %s where `op` is `%s`"
                            .formatted(
                                    upper ? "rise such as +10%" : "fall such as -10%",
                                    limit.op().sign()));
        }
        for (String other : List.of("window", "warnValue")) {
            if (assertion.at(other).exists()) {
                notYet(assertion.at(other), "`%s` with `vsBaseline`".formatted(other));
            }
        }
        return new VsBaseline(change.get(), limit.value());
    }

    /** Signed. */
    private static Optional<Double> change(String text) {
        try {
            double share = Units.share(text.replaceFirst("^[+-]", ""));
            return Optional.of(text.startsWith("-") ? -share : share);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private @Nullable Double warnValue(Place place, Limit limit) {
        if (!place.node().isValueNode()) {
            return null;
        }
        try {
            double warn = limit.metric().value(limit.stat(), place.node().asString(""));
            if (warn == limit.value() || !limit.op().holds(warn, limit.value())) {
                problems.invalid(
                        place,
                        "`warnValue` must be stricter than `value`, on its side of `%s`"
                                .formatted(limit.op().sign()));
            }
            return warn;
        } catch (AssertionMetric.Unfit e) {
            problems.add(place, e.code(), e.getMessage(), null);
            return null;
        }
    }

    private Optional<Window> window(Place place, Limit limit) {
        Optional<Duration> every = place.at("every").duration();
        if (every.isEmpty()) {
            return Optional.empty();
        }
        if (every.get().toNanosPart() != 0 || every.get().isZero()) {
            problems.invalid(place.at("every"), "`every` must be whole seconds, at least 1s");
            return Optional.empty();
        }
        if (limit.metric().metric() == Metric.LOAD_DELIVERED) {
            notYet(place, "`window` of `load.delivered`");
        }
        if (limit.scope().status() != null) {
            notYet(place, "`window` of errors of a status");
        }
        return Optional.of(new Window(every.get(), place.at("holdFor").share(1)));
    }

    private void notYet(Place place, String what) {
        problems.add(place, ErrorCode.NOT_SUPPORTED_YET, what + " is not supported yet", null);
    }
}
