package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.run.ExecutorStatus;

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

    boolean areReady() {
        return all(executor -> executor.status() == ExecutorStatus.READY);
    }

    long lost() {
        return executors.stream().filter(ExecutorTrack::isLost).count();
    }

    /** Numbers of those that are not ready, for people. */
    String missing() {
        return executors.stream()
                .filter(executor -> executor.status() != ExecutorStatus.READY)
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
