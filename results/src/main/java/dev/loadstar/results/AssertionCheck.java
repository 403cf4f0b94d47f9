package dev.loadstar.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.VsBaseline;
import dev.loadstar.contract.plan.AssertionPlan.Window;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.results.compare.Figure;
import org.jspecify.annotations.Nullable;

/** Holds the assertions of a plan against what was measured. */
final class AssertionCheck {

    /** A kind of error by which executors tell that there were more kinds than they tell apart. */
    private static final String OTHER_ERRORS = "other";

    private static final String STATUS_ERROR = "http.";

    private final Measured measured;
    private final LoadDelivered delivered;
    private final AssertionScope.Frame frame;
    private final Parts parts;
    private final @Nullable Baselines baselines;

    /** @param baselines null while nobody has read them, which is before the load is over */
    AssertionCheck(
            Measured measured,
            LoadDelivered delivered,
            StageArrivals arrivals,
            @Nullable LoadTime time,
            @Nullable Baselines baselines) {
        this.measured = measured;
        this.delivered = delivered;
        this.frame = AssertionScope.Frame.ofMeasuredStages(measured.run().plan());
        this.parts = new Parts(measured, arrivals, time, frame);
        this.baselines = baselines;
    }

    List<AssertionResult> all() {
        return measured.run().plan().assertions().stream().map(this::check).toList();
    }

    private AssertionResult check(AssertionPlan assertion) {
        var window = assertion.terms().window();
        return switch (whole(assertion)) {
            case Reading.TooLittle little -> result(assertion, AssertionStatus.INVALID, null, little.why());
            case Reading.NoData nothing -> noData(assertion, why(assertion, nothing));
            case Reading.Value value -> {
                var vsBaseline = assertion.terms().vsBaseline();
                yield vsBaseline != null
                        ? againstBaseline(assertion, vsBaseline, value.value())
                        : window == null ? judged(assertion, value.value()) : inWindows(assertion, window);
            }
        };
    }

    private AssertionResult againstBaseline(AssertionPlan assertion, VsBaseline limit, StatValue value) {
        if (baselines == null) {
            return result(
                    assertion, AssertionStatus.INVALID, value, "it is held against other runs when the load is over");
        }
        if (value.aboveMax()) {
            return result(
                    assertion, status(assertion, false, false), value, "it lies among arrivals that were dropped");
        }
        var judged = baselines.judge(assertion, limit, value.unit(), figure(assertion, value));
        var status = switch (judged.outcome()) {
            case HOLDS -> AssertionStatus.PASSED;
            case BREACHED -> status(assertion, false, false);
            case SUSPECTED ->
                assertion.terms().onBreach() == AssertionPlan.OnBreach.RECORD
                        ? AssertionStatus.RECORDED
                        : AssertionStatus.WARNED;
        };
        return result(assertion, status, value, judged.detail());
    }

    /** What the assertion is about, in the unit of its value; null where there is nothing, or it lies above all that was measured. */
    @Nullable
    Figure figure(AssertionPlan assertion) {
        return whole(assertion) instanceof Reading.Value(var value) && !value.aboveMax()
                ? figure(assertion, value)
                : null;
    }

    private Figure figure(AssertionPlan assertion, StatValue value) {
        double error =
                assertion.metric() == Metric.LOAD_DELIVERED || assertion.scope().status() != null
                        ? 0
                        : new StandardError(parts.whole(assertion).samples()).of(assertion, value.exact());
        return new Figure(value.exact(), error);
    }

    private Reading whole(AssertionPlan assertion) {
        if (assertion.metric() == Metric.LOAD_DELIVERED) {
            var ratio =
                    delivered.of(StageTimes.of(measured.run().plan()).all(), frame.scope(assertion.scope())::covers);
            return ratio == null
                    ? new Reading.NoData("there is no planned load to compare with")
                    : new Reading.Value(StatValue.ratio(ratio));
        }
        var problem = problemOfTarget(assertion);
        if (problem != null) {
            return new Reading.TooLittle(problem);
        }
        var part = parts.whole(assertion);
        var status = assertion.scope().status();
        return status == null
                ? PartReading.ofWhole(
                        assertion, part, measured.run().plan().validity().minSamples())
                : errors(assertion, part, status);
    }

    /** What keeps the target's Prometheus from telling what is judged; never green, whatever no data is worth. */
    private @Nullable String problemOfTarget(AssertionPlan assertion) {
        return assertion.metric() == Metric.PROMETHEUS
                ? measured.target(assertion.scope().query()).problem()
                : null;
    }

    /** Errors whose response had that status. */
    private Reading errors(AssertionPlan assertion, Part part, String status) {
        long count = 0;
        for (var series : measured.history().errorKinds().entrySet()) {
            if (parts.counts(assertion, series.getKey())) {
                if (series.getValue().containsKey(OTHER_ERRORS)) {
                    return new Reading.TooLittle(
                            "there were more kinds of errors than are told apart; judge `errors` without a status");
                }
                count += of(status, series.getValue());
            }
        }
        if (part.samples().count() == 0) {
            return new Reading.NoData("no sample was measured in its scope");
        }
        var value = StatValue.counted(assertion.stat(), count, part.samples().count(), part.time());
        return value == null ? new Reading.NoData("there is nothing to count it in") : new Reading.Value(value);
    }

    private static long of(String status, Map<String, Long> kinds) {
        String wanted = STATUS_ERROR + status.replace("x", "[0-9]");
        return kinds.entrySet().stream()
                .filter(kind -> kind.getKey().matches(wanted))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private AssertionResult judged(AssertionPlan assertion, StatValue value) {
        var status =
                status(assertion, assertion.op().holds(value.exact(), assertion.value()), warnHolds(assertion, value));
        return result(assertion, status, value, value.aboveMax() ? "it lies among arrivals that were dropped" : null);
    }

    private static boolean warnHolds(AssertionPlan assertion, StatValue value) {
        Double warn = assertion.terms().warnValue();
        return warn == null || assertion.op().holds(value.exact(), warn);
    }

    private static AssertionStatus status(AssertionPlan assertion, boolean holds, boolean warnHolds) {
        var breach = switch (assertion.terms().onBreach()) {
            case FAIL -> AssertionStatus.FAILED;
            case WARN -> AssertionStatus.WARNED;
            case RECORD -> AssertionStatus.RECORDED;
        };
        boolean records = breach == AssertionStatus.RECORDED;
        return !holds
                ? breach
                : warnHolds ? AssertionStatus.PASSED : records ? AssertionStatus.RECORDED : AssertionStatus.WARNED;
    }

    private AssertionResult noData(AssertionPlan assertion, String why) {
        return switch (assertion.terms().onNoData()) {
            case INVALID -> result(assertion, AssertionStatus.INVALID, null, why);
            case FAIL -> result(assertion, status(assertion, false, false), null, why + ", which counts as a breach");
            case PASS -> result(assertion, AssertionStatus.PASSED, null, why + ", which passes");
        };
    }

    /** Its windows are cut when the load is over: what they hold would be read anew with every look at the run. */
    private AssertionResult inWindows(AssertionPlan assertion, Window window) {
        if (measured.run().ended() == null) {
            return result(assertion, AssertionStatus.INVALID, null, "its windows are judged when the load is over");
        }
        var windows = new Windows(assertion);
        parts.windows(assertion, window.every()).forEach(windows::add);
        return windows.result(window);
    }

    /** How many windows held so far. */
    private final class Windows {
        private final AssertionPlan assertion;
        private int judged;
        private int held;
        private int withoutWarning;
        private int tooLittle;
        private @Nullable StatValue worst;
        private @Nullable Instant worstAt;

        Windows(AssertionPlan assertion) {
            this.assertion = assertion;
        }

        void add(Part part) {
            switch (PartReading.ofWindow(assertion, part)) {
                case Reading.Value value -> add(value.value(), part);
                case Reading.TooLittle _ -> tooLittle++;
                case Reading.NoData _ -> {}
            }
        }

        private void add(StatValue value, Part part) {
            judged++;
            held += assertion.op().holds(value.exact(), assertion.value()) ? 1 : 0;
            withoutWarning += warnHolds(assertion, value) ? 1 : 0;
            if (worst == null || isWorse(value.exact(), worst.exact())) {
                worst = value;
                worstAt = part.begin();
            }
        }

        private boolean isWorse(double value, double than) {
            return switch (assertion.op()) {
                case LT, LE -> value > than;
                case GT, GE -> value < than;
            };
        }

        AssertionResult result(Window window) {
            if (judged == 0) {
                return AssertionCheck.this.result(
                        assertion,
                        AssertionStatus.INVALID,
                        null,
                        "no window of %s has the samples that it needs; judge longer ones"
                                .formatted(Units.text(window.every())));
            }
            return AssertionCheck.this.result(
                    assertion,
                    status(assertion, isEnough(held, window), isEnough(withoutWarning, window)),
                    worst,
                    detail(window));
        }

        private boolean isEnough(int windows, Window window) {
            return windows >= window.holdFor() * judged - 1e-9;
        }

        private String detail(Window window) {
            var detail = new ArrayList<String>();
            detail.add("held in %d of %d windows of %s, %s of them must"
                    .formatted(held, judged, Units.text(window.every()), Digits.percent(window.holdFor())));
            if (worstAt != null) {
                detail.add("the worst began at " + worstAt);
            }
            if (tooLittle > 0) {
                detail.add("%d more had too few samples".formatted(tooLittle));
            }
            return String.join("; ", detail);
        }
    }

    private AssertionResult result(
            AssertionPlan assertion, AssertionStatus status, @Nullable StatValue value, @Nullable String detail) {
        return new AssertionResult(
                assertion.id(),
                assertion.text(),
                status,
                value == null ? null : (Double) value.shown(),
                unit(assertion, value),
                detail,
                value != null && value.aboveMax());
    }

    private String unit(AssertionPlan assertion, @Nullable StatValue value) {
        return assertion.metric() == Metric.PROMETHEUS
                ? measured.target(assertion.scope().query()).unit()
                : value == null ? StatValue.unit(assertion) : value.unit();
    }

    /** Where the request's name is not known, that is why. */
    private String why(AssertionPlan assertion, Reading.NoData nothing) {
        String request = assertion.scope().request();
        var labels = labels();
        if (request == null || labels.isEmpty() || labels.contains(request)) {
            return nothing.why();
        }
        return "no request named '%s' was measured; correct the name to one such as %s"
                .formatted(request, quoted(new NearestNames(labels).to(request)));
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
