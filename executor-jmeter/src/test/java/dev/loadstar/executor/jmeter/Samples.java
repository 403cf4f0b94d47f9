package dev.loadstar.executor.jmeter;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Exchange;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;

/** Keeps every sample. */
final class Samples implements Recorder {

    private final Queue<Sample> all = new ConcurrentLinkedQueue<>();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Map<ArrivalFate, Long> fates = new ConcurrentHashMap<>();

    @Override
    public void arrival(long dueMicros, ArrivalFate fate) {
        fates.merge(fate, 1L, Long::sum);
    }

    @Override
    public void record(Sample sample) {
        all.add(sample);
    }

    @Override
    public void record(Sample failed, Supplier<Exchange> exchange) {
        all.add(failed);
        failures.add(new Failure(failed, exchange.get()));
    }

    /** How many arrivals came to which end. */
    Map<ArrivalFate, Long> fates() {
        return Map.copyOf(fates);
    }

    record Failure(Sample sample, Exchange exchange) {}

    List<Failure> failures(String label) {
        return failures.stream()
                .filter(failure -> failure.sample.label().equals(label))
                .toList();
    }

    List<Sample> all() {
        return List.copyOf(all);
    }

    List<Sample> of(String label) {
        return all.stream().filter(sample -> sample.label().equals(label)).toList();
    }

    Map<String, Long> counts(Sample.Kind kind) {
        return all.stream()
                .filter(sample -> sample.kind() == kind)
                .collect(Collectors.groupingBy(Sample::label, TreeMap::new, Collectors.counting()));
    }
}
