package dev.loadstar.results;

import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.run.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Gives the verdict, the first that holds: ABORTED, ERRORED, INVALID because the generator is to blame, FAILED, INVALID
 * because the load did not arrive, WARNED, PASSED. A target that collapses brings its load down with it, and is FAILED.
 */
final class Judge {

    private final RunEnd end;
    private final RunResult result;
    private final Validity validity;
    private final List<String> generatorFaults;
    private final @Nullable Double offered;

    /**
     * @param generatorFaults what makes the measurement worthless, each in one sentence; the first one is the reason
     * @param offered share of the load that was the generator's to deliver and was there; null where nothing was planned
     */
    Judge(RunEnd end, RunResult result, Validity validity, List<String> generatorFaults, @Nullable Double offered) {
        this.end = end;
        this.result = result;
        this.validity = validity;
        this.generatorFaults = generatorFaults;
        this.offered = offered;
    }

    Judgement judge() {
        return aborted()
                .or(this::errored)
                .or(this::unmeasured)
                .or(this::failed)
                .or(this::unjudged)
                .or(this::notDelivered)
                .orElseGet(() -> judged(onAssertions(), null, assertionsHold() + dropped()));
    }

    private Optional<Judgement> aborted() {
        boolean stopped = switch (end.reason()) {
            case STOPPED_BY_USER -> true;
            case STOPPED_BY_RULE -> end.byRule() == Verdict.ABORTED;
            case COMPLETED,
                    REFUSED,
                    NOT_READY,
                    NO_CAPACITY,
                    EXECUTORS_LOST,
                    WORKER_LOST,
                    TOOL_FAILED,
                    TIMED_OUT,
                    PLATFORM_ERROR -> end.byPerson();
        };
        return stopped ? Optional.of(judged(Verdict.ABORTED, null, end.detail())) : Optional.empty();
    }

    private Optional<Judgement> errored() {
        return end.error() == null ? Optional.empty() : Optional.of(judged(Verdict.ERRORED, null, end.detail()));
    }

    private Optional<Judgement> unmeasured() {
        if (requests() == 0 && !failedByRule()) {
            return Optional.of(
                    judged(
                            Verdict.INVALID,
                            null,
                            "nothing was measured: no request was completed, see the executors' logs for what they did instead"));
        }
        return generatorFaults.isEmpty() ? Optional.empty() : Optional.of(invalid(generatorFaults.getFirst()));
    }

    /** After FAILED: what too few samples cannot tell of a target that collapsed, its errors can. */
    private Optional<Judgement> unjudged() {
        return result.assertions().stream()
                .filter(assertion -> assertion.status() == AssertionStatus.INVALID)
                .findFirst()
                .map(assertion -> invalid("'%s' cannot be judged: %s".formatted(assertion.text(), assertion.detail())));
    }

    private boolean failedByRule() {
        return end.byRule() == Verdict.FAILED;
    }

    private Optional<Judgement> failed() {
        if (failedByRule()) {
            return Optional.of(judged(Verdict.FAILED, null, end.detail()));
        }
        long failed = count(AssertionStatus.FAILED);
        return failed == 0
                ? Optional.empty()
                : Optional.of(judged(
                        Verdict.FAILED,
                        null,
                        "%d of %s %s not hold"
                                .formatted(failed, assertions(result.assertions()), failed == 1 ? "does" : "do")));
    }

    private Optional<Judgement> notDelivered() {
        return offered == null || offered >= validity.minLoadDelivered()
                ? Optional.empty()
                : Optional.of(invalid(
                        "the load asked for did not arrive: %s of it, at least %s is needed; give it more executors or ask for less"
                                .formatted(Digits.percent(offered), Digits.percent(validity.minLoadDelivered()))));
    }

    private Judgement invalid(String reason) {
        return judged(Verdict.INVALID, wouldBe(), reason);
    }

    /** What the assertions that could be judged say; nothing where none could. */
    private @Nullable Verdict wouldBe() {
        if (failedByRule()) {
            return Verdict.FAILED;
        }
        long unjudged = count(AssertionStatus.INVALID);
        boolean noneJudged = unjudged > 0 && unjudged == result.assertions().size();
        return noneJudged ? null : onAssertions();
    }

    private Verdict onAssertions() {
        if (count(AssertionStatus.FAILED) > 0) {
            return Verdict.FAILED;
        }
        return count(AssertionStatus.WARNED) > 0 ? Verdict.WARNED : Verdict.PASSED;
    }

    private String assertionsHold() {
        int all = result.assertions().size();
        long warned = count(AssertionStatus.WARNED);
        if (all == 0) {
            return "no assertions; %s %s".formatted(Digits.count(requests()), requests() == 1 ? "request" : "requests");
        }
        if (warned > 0) {
            return "%d of %s %s".formatted(warned, assertions(result.assertions()), warned == 1 ? "warns" : "warn");
        }
        long held = count(AssertionStatus.PASSED);
        return "%d of %s %s%s"
                .formatted(
                        held,
                        assertions(result.assertions()),
                        held == 1 ? "holds" : "hold",
                        held == all ? "" : ", the others are only recorded");
    }

    /** What did not arrive because of the target or of the plan itself is no fault of the generator, and nothing to hide. */
    private String dropped() {
        var summary = result.summary();
        var arrivals = summary == null ? null : summary.arrivals();
        return arrivals == null || arrivals.dropped() == 0
                ? ""
                : "; %s of %s arrivals were dropped at `maxUsers`"
                        .formatted(Digits.count(arrivals.dropped()), Digits.count(arrivals.planned()));
    }

    private static String assertions(List<AssertionResult> all) {
        return all.size() == 1 ? "1 assertion" : all.size() + " assertions";
    }

    private long requests() {
        var summary = result.summary();
        return summary == null ? 0 : summary.requests();
    }

    private long count(AssertionStatus status) {
        return result.assertions().stream()
                .filter(assertion -> assertion.status() == status)
                .count();
    }

    private Judgement judged(Verdict verdict, @Nullable Verdict wouldBe, String reason) {
        var error = verdict == Verdict.ERRORED ? end.error() : null;
        return new Judgement(verdict, wouldBe, reason, end.reason(), error == null ? null : error.slug());
    }
}
