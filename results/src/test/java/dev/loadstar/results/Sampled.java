package dev.loadstar.results;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.ByteString;
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
    private double activeShare = 1;
    private double cpu = 0.2;
    private double skew = 0.5;
    private long producedMore;

    Sampled samples(String label, String stage, Outcome outcome, int count, long micros) {
        return samples(label, stage, SampleKind.REQUEST, outcome, count, micros);
    }

    Sampled samples(String label, String stage, SampleKind kind, Outcome outcome, int count, long micros) {
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
        totals.computeIfAbsent(new Series("browse", stage, label, kind, outcome), ignored -> new Samples())
                .add(Samples.of(point.build()));
        return this;
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

    Sampled errorCode(String slug) {
        ended.setErrorCode(slug);
        return this;
    }

    Sampled toolFailed(String message) {
        ends.put(1, new End(0, 0, true, message));
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
        var run = new StoredRun("r1", "default", 1, plan(), Instant.ofEpochMilli(START), START, ended.build(), 0);
        return new Measured(run, totals, seconds(requests), errors, ends, arrivals);
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
                Inputs.NONE);
    }

    /** Mean users of each second on the wall clock, of which the first and the last are only partly under load. */
    private List<ExecutorSecond> seconds(long requests) {
        var seconds = new ArrayList<ExecutorSecond>();
        double[] users = {0.9, 5.5, 9.6, 10, 10, 10, 10, 10, 10, 10, 4};
        for (int i = 0; i < users.length; i++) {
            seconds.add(new ExecutorSecond(1, START / 1000 + i, i == 5 ? requests : 0, users[i] * activeShare, cpu));
        }
        return seconds;
    }
}
