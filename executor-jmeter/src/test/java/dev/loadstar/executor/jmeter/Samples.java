package dev.loadstar.executor.jmeter;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.Sample;

/** Keeps every sample. */
final class Samples implements Recorder {

    private final Queue<Sample> all = new ConcurrentLinkedQueue<>();

    @Override
    public void record(Sample sample) {
        all.add(sample);
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
