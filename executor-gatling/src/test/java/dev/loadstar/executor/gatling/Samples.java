package dev.loadstar.executor.gatling;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;

/** Keeps what a session tells. */
final class Samples implements Recorder {

    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final Queue<ArrivalFate> fates = new ConcurrentLinkedQueue<>();

    @Override
    public void record(Sample sample) {
        samples.add(sample);
    }

    @Override
    public void arrival(long dueMicros, ArrivalFate fate) {
        fates.add(fate);
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

    long fates(ArrivalFate fate) {
        return fates.stream().filter(fate::equals).count();
    }
}
