package dev.loadstar.executor.kit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Exchange;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;

/** Keeps every sample. */
final class KitRecorder implements Recorder {

    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<ArrivalFate, Long> fates = new ConcurrentHashMap<>();

    @Override
    public void record(Sample sample) {
        samples.add(sample);
    }

    @Override
    public void arrival(long dueMicros, ArrivalFate fate) {
        fates.merge(fate, 1L, Long::sum);
    }

    /** How many arrivals came to that end. */
    long arrivals(ArrivalFate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    @Override
    public void record(Sample failed, Supplier<Exchange> exchange) {
        samples.add(failed);
        exchanges.add(exchange.get());
    }

    /** What failed samples sent and got. */
    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    List<Sample> all() {
        return List.copyOf(samples);
    }

    List<Sample> of(String label) {
        return samples.stream().filter(sample -> sample.label().equals(label)).toList();
    }

    Map<String, Long> counts(Sample.Kind kind) {
        return samples.stream()
                .filter(sample -> sample.kind() == kind)
                .collect(Collectors.groupingBy(Sample::label, Collectors.counting()));
    }

    List<Sample> requests() {
        return samples.stream()
                .filter(sample -> sample.kind() == Sample.Kind.REQUEST)
                .toList();
    }

    List<Sample> requests(String label) {
        return requests().stream()
                .filter(sample -> sample.label().equals(label))
                .toList();
    }

    Map<String, Long> countsByLabel() {
        return requests().stream().collect(Collectors.groupingBy(Sample::label, Collectors.counting()));
    }
}
