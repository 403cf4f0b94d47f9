package dev.loadstar.results;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

import dev.loadstar.contract.run.RunDocument.ErrorCount;
import dev.loadstar.contract.run.RunDocument.LabelResult;
import dev.loadstar.contract.run.RunDocument.StageResult;
import dev.loadstar.contract.run.RunDocument.Summary;
import dev.loadstar.contract.wire.SampleKind;
import org.jspecify.annotations.Nullable;

/** Computes everything that people read of a run from what was measured of it, final once the run has ended. */
final class Evaluation {

    private final Measured measured;
    private final StageTimes stages;
    private final @Nullable LoadTime time;
    private final StageArrivals arrivals;
    private final LoadDelivered delivered;
    private final @Nullable Baselines baselines;

    Evaluation(Measured measured) {
        this(measured, null);
    }

    /** @param baselines null while what is compared with other runs cannot be judged yet */
    Evaluation(Measured measured, @Nullable Baselines baselines) {
        this.measured = measured;
        this.baselines = baselines;
        this.stages = StageTimes.of(measured.run().plan());
        this.time = LoadTime.of(measured);
        boolean whole = measured.run().ended() != null;
        this.arrivals = StageArrivals.of(measured, time, whole);
        this.delivered = LoadDelivered.of(measured, arrivals, time, whole);
    }

    RunResult result() {
        var executors = new ExecutorResults(measured);
        return new RunResult(
                summary(),
                labels(),
                errors(),
                check().all(),
                stages.all().stream().map(this::stage).toList(),
                executors.all(),
                executors.ledger(),
                List.of());
    }

    AssertionCheck check() {
        return new AssertionCheck(measured, delivered, arrivals, time, baselines);
    }

    /** @throws IllegalStateException if the run has not ended */
    Judgement judge(RunResult result) {
        var faults = new GeneratorFaults(measured, time).in(result);
        var offered = delivered.offered(stages.all(), StageTimes.Stage::measured);
        return new Judge(RunEnd.of(measured), result, measured.run().plan().validity(), faults, offered).judge();
    }

    private Summary summary() {
        var samples = measured.requests();
        var ratio = samples.errorRatio();
        var loadDelivered = delivered.of(stages.all(), StageTimes.Stage::measured);
        return new Summary(
                samples.count(),
                samples.errors(),
                ratio == null ? null : (Double) Digits.ratio(ratio),
                perSecond(samples.count()),
                samples.bytesReceived(),
                samples.bytesSent(),
                samples.latency(),
                samples.intendedLatency(arrivals.missing(measured, Series::isRequest)),
                loadDelivered == null ? null : (Double) Digits.ratio(loadDelivered),
                arrivals.of(stages.all(), _ -> true));
    }

    private @Nullable Double perSecond(long count) {
        return time == null || count == 0 ? null : LoadTime.perSecond(count, time.length());
    }

    private record Label(String scenario, String label, SampleKind kind) {
        boolean covers(Series series) {
            return series.scenario().equals(scenario) && series.label().equals(label) && series.kind() == kind;
        }
    }

    /** Requests first. */
    private List<LabelResult> labels() {
        var labels = new LinkedHashMap<Label, Samples>();
        measured.totals()
                .forEach((series, samples) -> labels.computeIfAbsent(
                                new Label(series.scenario(), series.label(), series.kind()), ignored -> new Samples())
                        .add(samples));
        return labels.entrySet().stream()
                .sorted(Comparator.comparing(label -> label.getKey().kind()))
                .map(label -> label(label.getKey(), label.getValue()))
                .toList();
    }

    private LabelResult label(Label label, Samples samples) {
        var ratio = samples.errorRatio();
        return new LabelResult(
                label.scenario(),
                label.label(),
                Series.name(label.kind()),
                samples.count(),
                samples.errors(),
                ratio == null ? null : (Double) Digits.ratio(ratio),
                perSecond(samples.count()),
                samples.latency(),
                samples.intendedLatency(arrivals.missing(measured, label::covers)));
    }

    private List<ErrorCount> errors() {
        return measured.errors().stream()
                .map(error -> new ErrorCount(
                        error.scenario(),
                        error.label(),
                        Series.name(error.sampleKind()),
                        error.kind(),
                        error.message(),
                        error.count(),
                        Instant.ofEpochMilli(error.firstMillis())))
                .toList();
    }

    private StageResult stage(StageTimes.Stage stage) {
        long requests = measured.sum(series -> series.isRequest()
                        && series.scenario().equals(stage.scenario())
                        && series.stage().equals(stage.name()))
                .count();
        var ratio = delivered.ofStage(stage.scenario(), stage.name());
        return new StageResult(
                stage.scenario(),
                stage.name(),
                stage.users(),
                stage.rate(),
                stage.measured(),
                requests,
                ratio == null ? null : (Double) Digits.ratio(ratio),
                arrivals.of(stage.scenario(), stage.name()));
    }
}
