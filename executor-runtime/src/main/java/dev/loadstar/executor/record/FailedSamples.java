package dev.loadstar.executor.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.loadstar.contract.wire.FailedSample;
import dev.loadstar.executor.clock.WorkerClock;
import dev.loadstar.executor.tool.Exchange;
import dev.loadstar.executor.tool.Sample;

/**
 * The first {@value #MOST_OF_A_KIND} failures of each label and error kind, at most {@value #MOST} of the executor. All
 * others cost two reads of memory.
 */
final class FailedSamples {

    static final int MOST = 100;
    static final int MOST_OF_A_KIND = 5;

    private final String scenario;
    private final AtomicInteger kept = new AtomicInteger();
    private final ConcurrentHashMap<Key, AtomicInteger> keptOfKind = new ConcurrentHashMap<>();
    private final Queue<Kept> waiting = new ConcurrentLinkedQueue<>();

    FailedSamples(String scenario) {
        this.scenario = scenario;
    }

    private record Key(String label, String kind) {}

    private record Kept(Sample sample, FailedSample.Side request, FailedSample.Side response) {}

    void add(Sample failed, Supplier<Exchange> asked) {
        String kind = failed.errorKind();
        if (kind != null && isWanted(new Key(failed.label(), kind))) {
            Exchange exchange = asked.get();
            var shown = new ShownSide(exchange.hide());
            waiting.add(new Kept(failed, shown.of(exchange.request()), shown.of(exchange.response())));
        }
    }

    private boolean isWanted(Key key) {
        return kept.get() < MOST
                && keptOfKind.computeIfAbsent(key, k -> new AtomicInteger()).getAndIncrement() < MOST_OF_A_KIND
                && kept.getAndIncrement() < MOST;
    }

    /** What was added since the last call. */
    List<FailedSample> take(WorkerClock clock) {
        var taken = new ArrayList<FailedSample>();
        for (Kept next = waiting.poll(); next != null; next = waiting.poll()) {
            taken.add(wire(next, clock));
        }
        return taken;
    }

    private FailedSample wire(Kept failure, WorkerClock clock) {
        Sample sample = failure.sample;
        String kind = sample.errorKind();
        String message = sample.errorMessage();
        return FailedSample.newBuilder()
                .setScenario(scenario)
                .setLabel(Labels.cut(sample.label()))
                .setSampleKind(OpenSeconds.wire(sample.kind()))
                .setKind(kind == null ? "" : kind)
                .setMessage(message == null ? "" : ErrorCounts.cut(message))
                .setAtMillis(clock.fromOwn(sample.startMicros() + sample.durationMicros()) / 1_000)
                .setDurationMicros(Durations.clamp(sample.durationMicros()))
                .setRequest(failure.request)
                .setResponse(failure.response)
                .build();
    }
}
