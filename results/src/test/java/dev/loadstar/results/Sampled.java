package dev.loadstar.results;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.ByteString;
import dev.loadstar.contract.plan.AbortRule;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import dev.loadstar.contract.wire.ExecutorOutcome;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;
import dev.loadstar.results.Measured.End;
import dev.loadstar.results.Measured.ErrorRow;
import dev.loadstar.results.Measured.ExecutorSecond;
import org.jspecify.annotations.Nullable;

/** Builds what was measured of a run: 2 s ramp to 10 users that is not measured, then 10 users for 8 s, one executor. */
final class Sampled {

    /** Not on a whole second, as in life. */
    static final long START = 1_700_000_000_400L;

    /** µs from the intended start to the send, where a schedule exists. */
    static final long WAITED = 50_000;

    private final Map<Series, Samples> totals = new LinkedHashMap<>();
    private final List<ErrorRow> errors = new ArrayList<>();
    private final Map<Integer, End> ends = new HashMap<>();
    private final Map<StageKey, ArrivalResult> arrivals = new HashMap<>();
    private final List<AssertionPlan> assertions = new ArrayList<>();
    private final List<TargetSeries> target = new ArrayList<>();
    private final Map<Integer, Double> cpus = new HashMap<>();
    private final SampledHistory history = new SampledHistory();
    private Load load = new Load.Closed(
            0,
            List.of(
                    new Load.Stage("ramp", Duration.ofSeconds(2), 10, Load.Shape.RAMP, false),
                    new Load.Stage("hold", Duration.ofSeconds(8), 10, Load.Shape.HOLD, true)),
            Duration.ZERO);
    private final RunEnded.Builder ended = RunEnded.newBuilder()
            .setEndReason(EndReason.COMPLETED.name())
            .setLoadStartedMillis(START)
            .setLoadEndedMillis(START + 10_000);
    private Validity validity = Validity.DEFAULT;
    private @Nullable String rule;
    private AbortRule.Outcome ruleVerdict = AbortRule.Outcome.FAILED;
    private double activeShare = 1;
    private double cpu = 0.2;
    private double skew = 0.5;
    private long producedMore;

    Sampled samples(String label, String stage, Outcome outcome, int count, long micros) {
        return samples(label, stage, SampleKind.REQUEST, outcome, count, micros);
    }

    Sampled samples(String label, String stage, SampleKind kind, Outcome outcome, int count, long micros) {
        add(new Series("browse", stage, label, kind, outcome), sampled(outcome, count, micros));
        return this;
    }

    /** The same in one second of the clock, counted from that in which the load started. */
    Sampled samplesAt(int second, String label, String stage, Outcome outcome, int count, long micros) {
        if (count == 0) {
            return this;
        }
        var series = new Series("browse", stage, label, SampleKind.REQUEST, outcome);
        add(series, sampled(outcome, count, micros));
        history.add(START / 1000 + second, series, sampled(outcome, count, micros));
        return this;
    }

    private void add(Series series, Samples samples) {
        totals.computeIfAbsent(series, ignored -> new Samples()).add(samples);
    }

    private Samples sampled(Outcome outcome, int count, long micros) {
        var histogram = SparseHistogram.ofDigits(3);
        histogram.record(micros, count);
        var point = SeriesPoint.newBuilder()
                .setOutcome(outcome)
                .setCount(count)
                .setSumMicros(micros * count)
                .setSumSquaresMicros((double) micros * micros * count)
                .setMinMicros(micros)
                .setMaxMicros(micros)
                .setService(ByteString.copyFrom(histogram.encode()));
        if (load.hasSchedule()) {
            var intended = SparseHistogram.ofDigits(3);
            intended.record(micros + WAITED, count);
            point.setIntended(ByteString.copyFrom(intended.encode()));
        }
        var coarse = SparseHistogram.ofDigits(2);
        coarse.record(micros / 2, count);
        return Samples.of(point.setTtfb(ByteString.copyFrom(coarse.encode())).build());
    }

    /** The same with this load; its samples from now on waited {@link #WAITED} for their send. */
    Sampled with(Load other) {
        load = other;
        return this;
    }

    Sampled arrivals(String stage, long begun, long dropped, long late) {
        arrivals.put(new StageKey("browse", stage), new ArrivalResult(0, begun, dropped, late));
        return this;
    }

    /** Of those that were due in that second, counted from the one in which the load started. */
    Sampled arrivalsAt(int second, String stage, long begun, long dropped) {
        arrivals.merge(new StageKey("browse", stage), new ArrivalResult(0, begun, dropped, 0), ArrivalResult::plus);
        history.arrivals.add(new RunTables.ArrivalRow("browse", stage, START / 1000 + second, begun, dropped, 0));
        return this;
    }

    /** Errors of the label in the stage, by their kind. */
    Sampled errorKind(String label, String stage, String kind, long count) {
        history.errors
                .computeIfAbsent(
                        new Series("browse", stage, label, SampleKind.REQUEST, Outcome.ERROR),
                        ignored -> new HashMap<>())
                .put(kind, count);
        return this;
    }

    Sampled error(String kind, long count) {
        errors.add(new ErrorRow("browse", "home", SampleKind.REQUEST, kind, "it broke", count, START));
        return this;
    }

    Sampled assertion(
            String text,
            AssertionPlan.Metric metric,
            String stat,
            AssertionPlan.Scope scope,
            AssertionPlan.Op op,
            double value) {
        assertions.add(new AssertionPlan(
                "a" + assertions.size(), text, metric, stat, scope, op, value, "/assertions/" + assertions.size()));
        return this;
    }

    /** The last assertion, on these terms. */
    Sampled on(AssertionPlan.Terms terms) {
        var last = assertions.removeLast();
        assertions.add(new AssertionPlan(
                last.id(),
                last.text(),
                last.metric(),
                last.stat(),
                last.scope(),
                last.op(),
                last.value(),
                terms,
                last.pointer()));
        return this;
    }

    /** {@code p95 < 300ms}. */
    Sampled latencyAssertion() {
        return assertion(
                "p95 < 300ms",
                AssertionPlan.Metric.LATENCY_SERVICE,
                "p95",
                AssertionPlan.Scope.ALL,
                AssertionPlan.Op.LT,
                300);
    }

    Sampled delivering(double share) {
        activeShare = share;
        return this;
    }

    Sampled cpu(double share) {
        cpu = share;
        return this;
    }

    /** In that second, counted from the one in which the load started. */
    Sampled cpuAt(int second, double share) {
        cpus.put(second, share);
        return this;
    }

    Sampled skewed(double millis) {
        skew = millis;
        return this;
    }

    /** Samples that were made and never arrived. */
    Sampled losing(long samples) {
        producedMore = samples;
        return this;
    }

    Sampled validity(Validity with) {
        validity = with;
        return this;
    }

    Sampled ended(EndReason reason, String detail, boolean byPerson) {
        ended.setEndReason(reason.name()).setDetail(detail).setByPerson(byPerson);
        return this;
    }

    /** By a rule that says so. */
    Sampled stoppedByRule(String detail, AbortRule.Outcome verdict) {
        rule = "meltdown";
        ruleVerdict = verdict;
        return ended(EndReason.STOPPED_BY_RULE, detail, false);
    }

    Sampled errorCode(String slug) {
        ended.setErrorCode(slug);
        return this;
    }

    /** Its executor's last word. */
    Sampled said(long produced, long declaredLost) {
        ends.put(1, new End(produced, declaredLost, false, ""));
        return this;
    }

    Sampled toolFailed(String message) {
        ends.put(1, new End(0, 0, true, message));
        return this;
    }

    /** A query to the target's Prometheus, one value each second from the start on; none where it did not answer. */
    Sampled target(String query, @Nullable String problem, double... values) {
        var told = new ArrayList<TargetSeries.Value>();
        for (int i = 0; i < values.length; i++) {
            told.add(new TargetSeries.Value(Instant.ofEpochSecond(START / 1000 + 1 + i), values[i]));
        }
        target.add(new TargetSeries(query, "staging", "main", "percent", problem, told));
        return this;
    }

    Measured measured() {
        long requests = totals.entrySet().stream()
                .filter(entry -> entry.getKey().isRequest())
                .mapToLong(entry -> entry.getValue().count())
                .sum();
        ended.addExecutors(ExecutorOutcome.newBuilder()
                .setExecutor(1)
                .setTool("jmeter")
                .setStatus("FINISHED")
                .setStartSkewMillis(skew)
                .setProducedAtLastHeartbeat(requests + producedMore));
        var run = new StoredRun(
                "r1", "default", 1, plan(), Instant.ofEpochMilli(START), START, ended.build(), rule, 0, 0);
        return new Measured(run, totals, seconds(requests), errors, ends, arrivals, history, target);
    }

    Judgement judge() {
        var evaluation = new Evaluation(measured());
        return evaluation.judge(evaluation.result());
    }

    private RunPlan plan() {
        var scenario = new ScenarioPlan(
                "browse", "jmeter", Duration.ZERO, new ScenarioPlan.Script("shop.jmx", Map.of()), load, List.of());
        return new RunPlan(
                "shop",
                null,
                Map.of(),
                new RunPlan.Source(null, null, null, "loadstar.json"),
                "sha256:0",
                List.of(),
                new RunPlan.Target("http://127.0.0.1:8090", List.of()),
                List.of(scenario),
                new RunPlan.ExecutorsPlan(1, Duration.ofSeconds(30), Duration.ofMillis(250), RunPlan.OnLoss.CONTINUE),
                assertions,
                validity,
                Inputs.NONE,
                RunPlan.LoadLimits.NONE,
                List.of(new AbortRule(
                        "meltdown",
                        new AssertionPlan(
                                "meltdown",
                                "errors > 50%",
                                AssertionPlan.Metric.ERRORS,
                                "ratio",
                                AssertionPlan.Scope.ALL,
                                AssertionPlan.Op.GT,
                                0.5,
                                "/abort/0"),
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        ruleVerdict)),
                List.of(),
                null);
    }

    /** Mean users of each second on the wall clock, of which the first and the last are only partly under load. */
    private List<ExecutorSecond> seconds(long requests) {
        var seconds = new ArrayList<ExecutorSecond>();
        double[] users = {0.9, 5.5, 9.6, 10, 10, 10, 10, 10, 10, 10, 4};
        for (int i = 0; i < users.length; i++) {
            double busy = cpus.getOrDefault(i, cpu);
            var health = new GeneratorHealth(busy, (i + 1) * 1_000_000L, 2, i * 1_000L, 10_000L, null);
            seconds.add(new ExecutorSecond(
                    1, START / 1000 + i, i == 5 ? requests : 0, 0, users[i] * activeShare, 10.0, health));
        }
        return seconds;
    }
}
