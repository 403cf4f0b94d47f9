package dev.loadstar.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.results.Measured.ExecutorSecond;
import org.jspecify.annotations.Nullable;

/** What an assertion's scope takes in of a run. Stages that are not measured are in it only where it names one. */
final class AssertionScope {

    private final Frame frame;
    private final Scope scope;

    private AssertionScope(Frame frame, Scope scope) {
        this.frame = frame;
        this.scope = scope;
    }

    /** What all scopes of a run share. */
    static final class Frame {
        private final StageTimes stages;
        private final Map<Integer, String> scenarios = new HashMap<>();
        private final boolean everyStage;

        private Frame(RunPlan plan, boolean everyStage) {
            this.stages = StageTimes.of(plan);
            this.everyStage = everyStage;
            for (Shard shard : plan.shards()) {
                scenarios.put(shard.executor(), shard.scenario().name());
            }
        }

        static Frame ofMeasuredStages(RunPlan plan) {
            return new Frame(plan, false);
        }

        /** Also those that no assertion judges. */
        static Frame ofAllStages(RunPlan plan) {
            return new Frame(plan, true);
        }

        AssertionScope scope(Scope scope) {
            return new AssertionScope(this, scope);
        }
    }

    boolean covers(Series series) {
        return fits(scope.scenario(), series.scenario())
                && fits(scope.request(), series.label())
                && fits(scope.stage(), series.stage())
                && (judgesAll() || frame.stages.measured(series.scenario(), series.stage()));
    }

    boolean covers(StageTimes.Stage stage) {
        return fits(scope.scenario(), stage.scenario())
                && fits(scope.stage(), stage.name())
                && (judgesAll() || stage.measured());
    }

    boolean covers(StageKey stage) {
        return frame.stages.all().stream()
                .anyMatch(one -> covers(one)
                        && one.scenario().equals(stage.scenario())
                        && one.name().equals(stage.stage()));
    }

    /** Whether the executor made load of the scope in the middle of that second. */
    boolean covers(ExecutorSecond second, LoadTime time) {
        if (scope.executor() != null && scope.executor() != second.executor()) {
            return false;
        }
        long middle = second.second() * 1000 + 500;
        var at = Duration.ofMillis(middle - time.startMillis());
        String scenario = frame.scenarios.get(second.executor());
        return middle < time.endMillis()
                && frame.stages.all().stream()
                        .anyMatch(stage -> stage.scenario().equals(scenario) && covers(stage) && stage.contains(at));
    }

    /** Whether there was load of the scope at that instant. */
    boolean covers(TargetSeries.Value value, LoadTime time) {
        long at = value.second().toEpochMilli();
        var sinceStart = Duration.ofMillis(at - time.startMillis());
        return at < time.endMillis()
                && frame.stages.all().stream().anyMatch(stage -> covers(stage) && stage.contains(sinceStart));
    }

    private boolean judgesAll() {
        return frame.everyStage || scope.stage() != null;
    }

    private static boolean fits(@Nullable String asked, String actual) {
        return asked == null || asked.equals(actual);
    }

    /** When any stage of the scope had load, in order of time and without overlaps. */
    List<Span> spans(Duration loadLength) {
        var sorted = frame.stages.all().stream()
                .filter(this::covers)
                .sorted(Comparator.comparing(StageTimes.Stage::begin))
                .toList();
        var spans = new ArrayList<Span>();
        for (var stage : sorted) {
            var end = stage.endBy(loadLength);
            Span last = spans.isEmpty() ? null : spans.getLast();
            if (last != null && stage.begin().compareTo(last.until()) <= 0) {
                spans.set(
                        spans.size() - 1, new Span(last.from(), end.compareTo(last.until()) > 0 ? end : last.until()));
            } else if (end.compareTo(stage.begin()) > 0) {
                spans.add(new Span(stage.begin(), end));
            }
        }
        return spans;
    }
}
