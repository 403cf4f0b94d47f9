package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.Shard;

/** All executors of the run, by number from 1 on. */
final class Fleet implements Iterable<ExecutorTrack> {

    private final List<ExecutorTrack> executors;

    Fleet(List<Shard> shards, Instant now) {
        executors = shards.stream().map(shard -> new ExecutorTrack(shard, now)).toList();
    }

    ExecutorTrack get(int number) {
        return executors.get(number - 1);
    }

    int size() {
        return executors.size();
    }

    boolean all(Predicate<ExecutorTrack> state) {
        return executors.stream().allMatch(state);
    }

    /** Every one is, and has been heard since. */
    boolean areReady(Instant now, Duration silence) {
        return all(executor -> executor.isReady(now, silence));
    }

    /** Those of the same scenario that make load. */
    List<ExecutorTrack> heirsOf(ExecutorTrack lost) {
        String scenario = lost.shard().scenario().name();
        return executors.stream()
                .filter(executor -> executor.hasLoad() && !executor.isOver())
                .filter(executor -> executor.shard().scenario().name().equals(scenario))
                .toList();
    }

    long lost() {
        return executors.stream().filter(ExecutorTrack::isLost).count();
    }

    /** Numbers of those that are not ready, for people. */
    String missing(Instant now, Duration silence) {
        return executors.stream()
                .filter(executor -> !executor.isReady(now, silence))
                .map(executor -> Integer.toString(executor.number()))
                .collect(Collectors.joining(", "));
    }

    /** Of the executor whose clock is known worst. */
    Duration clockUncertainty() {
        double millis = executors.stream()
                .mapToDouble(ExecutorTrack::uncertaintyMillis)
                .max()
                .orElse(0);
        return Duration.ofNanos((long) (millis * 1e6));
    }

    @Override
    public Iterator<ExecutorTrack> iterator() {
        return executors.iterator();
    }
}
