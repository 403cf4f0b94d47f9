package dev.loadstar.results;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.run.RunDocument.ExecutorResult;
import dev.loadstar.contract.run.RunDocument.Ledger;
import org.jspecify.annotations.Nullable;

/** What the generator did wrong, so that the measurement says nothing about the target; each in one sentence. */
final class GeneratorFaults {

    /** A busy second, such as a compiler's at the start, does not spoil a measurement; this many in a row do. */
    private static final int CPU_SECONDS = 10;

    private final Measured measured;
    private final Validity validity;
    private final @Nullable LoadTime time;

    GeneratorFaults(Measured measured, @Nullable LoadTime time) {
        this.measured = measured;
        this.validity = measured.run().plan().validity();
        this.time = time;
    }

    List<String> in(RunResult result) {
        var faults = new ArrayList<String>();
        lost(result.ledger()).ifPresent(faults::add);
        busiest().ifPresent(faults::add);
        skew(result.executors()).ifPresent(faults::add);
        return faults;
    }

    private Optional<String> lost(@Nullable Ledger ledger) {
        if (ledger == null || ledger.produced() == 0) {
            return Optional.empty();
        }
        long lost = ledger.declaredLost() + ledger.unknown();
        double share = (double) lost / ledger.produced();
        return share <= validity.maxSamplesLost()
                ? Optional.empty()
                : Optional.of(
                        "%s of %s samples were lost, %s of them; at most %s may be, see the executors' logs for a full disk or an executor that was killed"
                                .formatted(
                                        Digits.count(lost),
                                        Digits.count(ledger.produced()),
                                        Digits.percent(share),
                                        Digits.percent(validity.maxSamplesLost())));
    }

    private Optional<String> skew(List<ExecutorResult> executors) {
        double most = validity.maxStartSkew().toNanos() / 1e6;
        return executors.stream()
                .filter(executor -> executor.startSkewMs() != null && Math.abs(executor.startSkewMs()) > most)
                .max(Comparator.comparingDouble(
                        executor -> executor.startSkewMs() == null ? 0 : Math.abs(executor.startSkewMs())))
                .map(executor ->
                        "executor %d began %s ms off the common start; at most %s ms is allowed, start fewer executors on one machine or raise `validity.maxStartSkew`"
                                .formatted(executor.number(), executor.startSkewMs(), Math.round(most)));
    }

    private Optional<String> busiest() {
        return busiestSeconds().entrySet().stream()
                .filter(executor -> executor.getValue() > validity.maxGeneratorCpu())
                .max(Map.Entry.comparingByValue())
                .map(executor -> "executor %d used %s of its CPU; more than %s is not trusted"
                                .formatted(
                                        executor.getKey(),
                                        Digits.percent(executor.getValue()),
                                        Digits.percent(validity.maxGeneratorCpu()))
                        + ", give it more or raise the number of executors");
    }

    /** Of each executor the highest mean over ten measured seconds, or over all where there are fewer. */
    private Map<Integer, Double> busiestSeconds() {
        var windows = new HashMap<Integer, Window>();
        var scope = AssertionScope.Frame.ofMeasuredStages(measured.run().plan()).scope(AssertionPlan.Scope.ALL);
        for (var second : measured.seconds()) {
            if (time != null && scope.covers(second, time)) {
                windows.computeIfAbsent(second.executor(), ignored -> new Window())
                        .add(second.cpu());
            }
        }
        var busiest = new HashMap<Integer, Double>();
        windows.forEach((executor, window) -> busiest.put(executor, window.highest()));
        return busiest;
    }

    private static final class Window {
        private final ArrayDeque<Double> last = new ArrayDeque<>();
        private double sum;
        private double highestFull = -1;

        void add(double cpu) {
            last.addLast(cpu);
            sum += cpu;
            if (last.size() > CPU_SECONDS) {
                sum -= last.removeFirst();
            }
            if (last.size() == CPU_SECONDS) {
                highestFull = Math.max(highestFull, sum / CPU_SECONDS);
            }
        }

        double highest() {
            return highestFull >= 0 ? highestFull : sum / Math.max(1, last.size());
        }
    }
}
