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
        var health = new HashMap<Integer, HealthSum>();
        measured.seconds()
                .forEach(second -> health.computeIfAbsent(second.executor(), ignored -> new HealthSum())
                        .add(second.health()));
        return tools.entrySet().stream()
                .map(tool -> result(tool.getKey(), tool.getValue(), health.get(tool.getKey())))
                .toList();
    }

    private ExecutorResult result(int number, String tool, @Nullable HealthSum health) {
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
                health == null ? null : (Double) health.maxCpu(),
                health == null ? null : health.result(),
                measured.run().ended() == null ? null : ledger(number),
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

    /** Of all executors together. */
    Ledger ledger() {
        return numbers().stream().map(this::ledger).reduce(Ledger.EMPTY, Ledger::plus);
    }

    /**
     * What an executor that sent its END has produced is known: all of it that is not stored is lost, wherever that
     * happened. One that sent none is taken to have produced what it last told its worker, or what is stored where that is
     * more.
     */
    private Ledger ledger(int executor) {
        long arrived = stored.getOrDefault(executor, 0L);
        var end = measured.ends().get(executor);
        if (end == null) {
            long produced = Math.max(atLastHeartbeat(executor), arrived);
            return new Ledger(produced, arrived, 0, produced - arrived);
        }
        long produced = Math.max(end.produced(), arrived + end.declaredLost());
        return new Ledger(produced, arrived, produced - arrived, 0);
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
