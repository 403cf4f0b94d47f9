package dev.loadstar.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import org.jspecify.annotations.Nullable;

/** A run and its plan, as far as there is one, with what its page says about both. */
record RunView(RunDocument run, @Nullable RunPlan plan) {

    public String title() {
        return run.test() == null ? "run" : run.test();
    }

    public State state() {
        return State.of(run);
    }

    public boolean live() {
        return run.status() != RunStatus.FINISHED;
    }

    public boolean refused() {
        return run.endReason() == EndReason.REFUSED;
    }

    /** Where it came from: address, ref, commit, definition, as far as they are known. */
    public List<String> origin() {
        var parts = new ArrayList<String>();
        var source = run.source();
        if (source != null) {
            add(parts, source.git() == null ? "uploaded folder" : source.git());
            add(parts, source.git() == null ? null : source.ref());
            add(parts, source.path());
        }
        return List.copyOf(parts);
    }

    private static void add(List<String> parts, @Nullable String part) {
        if (part != null) {
            parts.add(part);
        }
    }

    public String commit() {
        return RunRow.commit(run.source());
    }

    /** The end in one sentence. */
    public String sentence() {
        if (refused()) {
            int problems = run.problems().size();
            return "The definition has %s. Nothing was started."
                    .formatted(problems == 1 ? "1 problem" : problems + " problems");
        }
        if (run.reason() != null) {
            return run.reason();
        }
        EndReason end = run.endReason();
        return end == null ? "" : words(end);
    }

    /** What an INVALID run would have been. */
    @Nullable
    public String wouldBe() {
        Verdict wouldBe = run.wouldBe();
        return wouldBe == null ? null : "Without that the verdict would have been %s.".formatted(wouldBe);
    }

    /** Whether it ended otherwise than by completing its plan, and how. */
    @Nullable
    public String ending() {
        EndReason end = run.endReason();
        return end == null || end == EndReason.COMPLETED || end == EndReason.REFUSED ? null : words(end);
    }

    private static String words(EndReason end) {
        return switch (end) {
            case COMPLETED -> "It ran to its end.";
            case REFUSED -> "It was refused.";
            case STOPPED_BY_USER -> "Somebody stopped it.";
            case STOPPED_BY_RULE -> "A rule stopped it.";
            case NOT_READY -> "Not every executor got ready in time.";
            case NO_CAPACITY -> "There was no room for it.";
            case EXECUTORS_LOST -> "Executors were lost.";
            case WORKER_LOST -> "Its worker was lost.";
            case TOOL_FAILED -> "The load tool failed.";
            case TIMED_OUT -> "A deadline passed.";
            case PLATFORM_ERROR -> "Loadstar failed.";
        };
    }

    /** The plan's stages on the line of time; empty where a script decides or nothing is planned. */
    public List<StageLine.Stage> stages() {
        return plan == null ? List.of() : StageLine.of(plan);
    }

    public String stagesJson() {
        return Json.write(stages());
    }

    @Nullable
    public PlanView planView() {
        return plan == null ? null : PlanView.of(plan);
    }

    @Nullable
    public Duration planned() {
        return plan == null ? null : plan.plannedDuration();
    }

    /** From the first to the last load, or to now. */
    @Nullable
    public Duration elapsed() {
        Instant start = run.times().loadStarted();
        Instant end = run.times().loadEnded();
        return start == null || end == null ? null : Duration.between(start, end);
    }

    /** The limit of a p95 over everything, in milliseconds, for the latency chart. */
    public Optional<Double> p95Limit() {
        return assertionPlans().stream()
                .filter(assertion -> assertion.metric() == AssertionPlan.Metric.LATENCY_SERVICE)
                .filter(assertion -> assertion.stat().equals("p95"))
                .filter(assertion -> assertion.scope().scenario() == null
                        && assertion.scope().request() == null)
                .map(AssertionPlan::value)
                .findFirst();
    }

    /** Before the end one without samples is simply not judged yet. */
    public List<AssertionRow> assertions() {
        var plans = assertionPlans().stream().collect(Collectors.toMap(AssertionPlan::id, p -> p, (a, b) -> a));
        return run.assertions().isEmpty()
                ? assertionPlans().stream()
                        .map(plan -> AssertionRow.open(plan.text()))
                        .toList()
                : run.assertions().stream()
                        .map(result -> judged(result)
                                ? AssertionRow.of(result, plans.get(result.id()))
                                : AssertionRow.open(result.text()))
                        .toList();
    }

    private boolean judged(RunDocument.AssertionResult result) {
        return !live() || result.status() != AssertionStatus.INVALID;
    }

    private List<AssertionPlan> assertionPlans() {
        return plan == null ? List.of() : plan.assertions();
    }

    public String executorsWanted() {
        return plan == null
                ? Figures.NOTHING
                : Integer.toString(plan.executors().count());
    }

    public String assertionLine() {
        var judged = run.assertions().stream().filter(this::judged).toList();
        if (judged.isEmpty()) {
            return "";
        }
        long holding = judged.stream()
                .filter(result -> result.status() == AssertionStatus.PASSED)
                .count();
        return "%d of %d hold%s".formatted(holding, run.assertions().size(), live() ? " so far" : "");
    }

    public String lines(List<String> lines) {
        return String.join("\n", lines);
    }

    public String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
