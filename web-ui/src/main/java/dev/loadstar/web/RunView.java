package dev.loadstar.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.validator.Validator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A run and its plan, as far as there is one, with what its page says about both.
 *
 * @param followed the plan with the loads that people changed while it ran
 */
record RunView(
        RunDocument run, @Nullable RunPlan plan, @Nullable RunPlan followed) {

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

    /** Where it came from and what it loads, as far as that is known. */
    public List<String> origin() {
        var parts = new ArrayList<String>();
        var source = run.source();
        if (source != null && source.git() != null) {
            parts.add(source.git());
            add(parts, source.ref());
            parts.add(source.path());
        } else if (source != null) {
            parts.add(Validator.PASTED.equals(source.ref()) ? "pasted definition" : "uploaded folder");
        }
        add(parts, source == null || source.commit() == null ? null : commit());
        add(parts, run.target());
        parts.addAll(RunRow.labels(run));
        return List.copyOf(parts);
    }

    private static void add(List<String> parts, @Nullable String part) {
        if (part != null) {
            parts.add(part);
        }
    }

    private String commit() {
        return RunRow.commit(run.source());
    }

    public Outcome outcome() {
        return new Outcome(run);
    }

    /** What a live run waits for; null once its load has begun. */
    @Nullable
    public String waiting() {
        return switch (run.status()) {
            case VALIDATING -> "The definition is being read and its scripts inspected.";
            case QUEUED -> run.reason() == null ? "It waits for its turn: other runs are on their way." : run.reason();
            case PROVISIONING -> "Executors are starting; the load begins when all of them are ready.";
            case RUNNING, REPORTING, FINISHED -> null;
        };
    }

    /** What can be changed of its load now. */
    public List<LoadKnob> knobs() {
        return LoadKnob.of(run, plan);
    }

    public List<LoadChangeLine> loadChanges() {
        return run.loadChanges().stream().map(LoadChangeLine::of).toList();
    }

    public String noData() {
        return live() ? "Nothing has been measured yet." : "Nothing was measured.";
    }

    /** The form, filled in with where this run came from; null where that was no repository. */
    @Nullable
    public String again() {
        var source = run.source();
        return source == null || source.git() == null
                ? null
                : UriComponentsBuilder.fromPath("/projects/{project}/runs/new")
                        .queryParam("git", "{git}")
                        .queryParam("ref", "{ref}")
                        .queryParam("path", "{path}")
                        .encode()
                        .buildAndExpand(
                                run.project(), source.git(), source.ref() == null ? "" : source.ref(), source.path())
                        .toUriString();
    }

    /** The plan's stages on the line of time; empty where a script decides or nothing is planned. */
    public List<StageLine.Stage> stages() {
        return plan == null ? List.of() : StageLine.of(plan);
    }

    public String stagesJson() {
        return Json.write(stages());
    }

    public String plannedUsersJson() {
        return Json.write(followed == null ? List.of() : PlannedLine.users(followed));
    }

    public String plannedRatesJson() {
        return Json.write(followed == null ? List.of() : PlannedLine.rates(followed));
    }

    /** What the target's Prometheus is asked. */
    public List<TargetQuery> queries() {
        return plan == null ? List.of() : plan.queries();
    }

    /** Of a query's values, as a heading says it. */
    public String unit(TargetQuery query) {
        return query.unit() == TargetQuery.Unit.PER_SECOND
                ? "per s"
                : query.unit().key();
    }

    /** The same behind a number. */
    public String sign(TargetQuery query) {
        return switch (query.unit()) {
            case PERCENT -> " %";
            case SECONDS -> " s";
            case BYTES -> " B";
            case PER_SECOND -> "/s";
            case RATIO, COUNT -> "";
        };
    }

    /** Whether latency was measured from a schedule, too. */
    public boolean intended() {
        return run.labels().stream().anyMatch(label -> label.intendedLatencyMs() != null);
    }

    /** What became of all arrivals but the begun ones; empty where all began. */
    public String lostArrivals(RunDocument.ArrivalResult arrivals) {
        var parts = new ArrayList<String>();
        if (arrivals.dropped() > 0) {
            parts.add(Figures.INSTANCE.count(arrivals.dropped()) + " dropped");
        }
        if (arrivals.late() > 0) {
            parts.add(Figures.INSTANCE.count(arrivals.late()) + " late");
        }
        return String.join(", ", parts);
    }

    /** What a stage was to reach. */
    public String planned(RunDocument.StageResult stage) {
        Double rate = stage.plannedRate();
        if (rate != null) {
            return Units.rateText(rate);
        }
        return stage.plannedUsers() == null ? Figures.NOTHING : stage.plannedUsers() + " users";
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
                .filter(assertion -> assertion.metric() == AssertionPlan.Metric.LATENCY_SERVICE
                        || assertion.metric() == AssertionPlan.Metric.LATENCY_INTENDED)
                .filter(assertion ->
                        assertion.stat().equals("p95") && assertion.terms().vsBaseline() == null)
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

    /** Whether it may be, or already is, a baseline. */
    public boolean pinnable() {
        Verdict verdict = run.verdict();
        boolean sound = verdict == Verdict.PASSED || verdict == Verdict.WARNED || verdict == Verdict.FAILED;
        return run.pinned() != null || (sound && !run.changed());
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

    /** Whether labels need their scenario's name. */
    public boolean manyScenarios() {
        return run.labels().stream()
                        .map(RunDocument.LabelResult::scenario)
                        .distinct()
                        .count()
                > 1;
    }

    public List<LabelGroup> labelGroups() {
        return LabelGroup.of(run.labels());
    }

    /** What a live tick finds the label's row by. */
    public String key(RunDocument.LabelResult label) {
        return String.join("\n", label.kind(), label.scenario(), label.label());
    }

    public boolean broken(RunDocument.ExecutorResult executor) {
        return Outcome.broken(executor);
    }

    /** How it was doing over the whole run; empty as long as it runs. */
    public String health(RunDocument.ExecutorResult executor) {
        var health = executor.health();
        if (health == null) {
            return "";
        }
        Figures figures = Figures.INSTANCE;
        var parts = new ArrayList<String>();
        parts.add("heap up to " + figures.bytes(health.maxHeapBytes()));
        parts.add("GC " + figures.count(health.gcPauseMs()) + " ms");
        if (health.maxLagMs() != null) {
            parts.add("lag up to " + figures.digits(health.maxLagMs()) + " ms");
        }
        if (health.receivedBytes() != null && health.sentBytes() != null) {
            parts.add("network %s in, %s out"
                    .formatted(figures.bytes(health.receivedBytes()), figures.bytes(health.sentBytes())));
        }
        return String.join(" · ", parts);
    }

    public String busiest() {
        return run.executors().stream()
                .map(RunDocument.ExecutorResult::maxCpu)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(cpu -> "CPU up to " + Figures.INSTANCE.roughPercent(cpu))
                .orElse("");
    }

    public String lines(List<String> lines) {
        return String.join("\n", lines);
    }

    public String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
