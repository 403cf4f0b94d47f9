package dev.loadstar.results;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.RunDocument.ClockResult;
import dev.loadstar.contract.run.RunDocument.ExecutorResult;
import dev.loadstar.contract.run.RunDocument.Ledger;
import dev.loadstar.contract.wire.ClockOffset;
import dev.loadstar.contract.wire.ExecutorOutcome;
import org.jspecify.annotations.Nullable;

/** What became of each executor, and the ledger of their samples. */
final class ExecutorResults {

    private final Measured measured;
    private final Map<Integer, ExecutorOutcome> outcomes = new TreeMap<>();
    private final Map<Integer, Long> stored;

    ExecutorResults(Measured measured) {
        this.measured = measured;
        this.stored = measured.stored();
        var ended = measured.run().ended();
        if (ended != null) {
            ended.getExecutorsList().forEach(outcome -> outcomes.put(outcome.getExecutor(), outcome));
        }
    }

    List<ExecutorResult> all() {
        var tools = new TreeMap<Integer, String>();
        for (Shard shard : measured.run().plan().shards()) {
            tools.put(shard.executor(), shard.scenario().tool());
        }
        outcomes.forEach((number, outcome) -> tools.put(number, outcome.getTool()));
        var busiest = new HashMap<Integer, Double>();
        measured.seconds().forEach(second -> busiest.merge(second.executor(), second.cpu(), Math::max));
        return tools.entrySet().stream()
                .map(tool -> result(tool.getKey(), tool.getValue(), busiest.get(tool.getKey())))
                .toList();
    }

    private ExecutorResult result(int number, String tool, @Nullable Double maxCpu) {
        var outcome = outcomes.get(number);
        double skew = outcome == null ? Double.NaN : outcome.getStartSkewMillis();
        return new ExecutorResult(
                number,
                tool,
                outcome == null || outcome.getHost().isEmpty() ? null : outcome.getHost(),
                status(number, outcome),
                outcome != null && outcome.getHasExitCode() ? outcome.getExitCode() : null,
                Double.isFinite(skew) ? (Double) Digits.millis(skew * 1000) : null,
                outcome == null || !outcome.hasClock() ? null : clock(outcome.getClock()),
                stored.getOrDefault(number, 0L),
                maxCpu == null ? null : (Double) Digits.ratio(maxCpu),
                outcome == null ? List.of() : outcome.getLogTailList());
    }

    /** Null where the executor never heard its worker well enough. */
    private static @Nullable ClockResult clock(ClockOffset clock) {
        return Double.isFinite(clock.getUncertaintyMillis())
                ? new ClockResult(
                        Digits.millis(clock.getOffsetMillis() * 1000),
                        Digits.millis(clock.getUncertaintyMillis() * 1000))
                : null;
    }

    private ExecutorStatus status(int number, @Nullable ExecutorOutcome outcome) {
        var said = outcome == null ? null : parse(outcome.getStatus());
        if (said != null && (said == ExecutorStatus.FAILED || said == ExecutorStatus.LOST)) {
            return said;
        }
        if (measured.ends().containsKey(number)) {
            return ExecutorStatus.FINISHED;
        }
        if (measured.run().ended() == null) {
            return stored.containsKey(number) ? ExecutorStatus.RUNNING : ExecutorStatus.STARTING;
        }
        return said == null ? ExecutorStatus.LOST : said;
    }

    private static @Nullable ExecutorStatus parse(String name) {
        return Arrays.stream(ExecutorStatus.values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** One that sent no END is taken to have produced what it last told its worker, or what is stored where that is more. */
    Ledger ledger() {
        long produced = 0;
        long declaredLost = 0;
        long storedInAll = stored.values().stream().mapToLong(count -> count).sum();
        for (var executor : numbers()) {
            var end = measured.ends().get(executor);
            long arrived = stored.getOrDefault(executor, 0L);
            long lost = end == null ? 0 : end.declaredLost();
            long said = end == null ? atLastHeartbeat(executor) : end.produced();
            produced += Math.max(said, arrived + lost);
            declaredLost += lost;
        }
        return new Ledger(produced, storedInAll, declaredLost, produced - storedInAll - declaredLost);
    }

    private List<Integer> numbers() {
        var numbers = new TreeMap<Integer, Boolean>();
        outcomes.keySet().forEach(number -> numbers.put(number, true));
        stored.keySet().forEach(number -> numbers.put(number, true));
        measured.ends().keySet().forEach(number -> numbers.put(number, true));
        return List.copyOf(numbers.keySet());
    }

    private long atLastHeartbeat(int executor) {
        var outcome = outcomes.get(executor);
        return outcome == null ? 0 : outcome.getProducedAtLastHeartbeat();
    }
}
