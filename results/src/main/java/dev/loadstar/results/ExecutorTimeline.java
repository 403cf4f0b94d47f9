package dev.loadstar.results;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.loadstar.results.Measured.ExecutorSecond;
import org.jspecify.annotations.Nullable;

/** The seconds of each executor, merged into intervals. */
final class ExecutorTimeline {

    private final int resolution;

    ExecutorTimeline(int resolution) {
        this.resolution = resolution;
    }

    /** By executor, in order of time. */
    List<ExecutorPoint> points(List<ExecutorSecond> seconds) {
        var executors = new TreeMap<Integer, Map<Long, List<ExecutorSecond>>>();
        for (var second : seconds) {
            long begin = second.second() - Math.floorMod(second.second(), resolution);
            executors
                    .computeIfAbsent(second.executor(), ignored -> new TreeMap<>())
                    .computeIfAbsent(begin, ignored -> new ArrayList<>())
                    .add(second);
        }
        return executors.values().stream()
                .flatMap(intervals -> intervals.entrySet().stream())
                .map(interval -> point(interval.getKey(), interval.getValue()))
                .toList();
    }

    private static ExecutorPoint point(long begin, List<ExecutorSecond> seconds) {
        var health = new HealthSum();
        seconds.forEach(second -> health.add(second.health()));
        int count = seconds.size();
        return new ExecutorPoint(
                seconds.getFirst().executor(),
                Instant.ofEpochSecond(begin),
                seconds.stream().mapToLong(ExecutorSecond::requests).sum(),
                seconds.stream().mapToLong(ExecutorSecond::errors).sum(),
                Digits.perSecond(
                        seconds.stream().mapToDouble(ExecutorSecond::active).sum() / count),
                meanPlanned(seconds),
                Digits.ratio(seconds.stream().mapToDouble(ExecutorSecond::cpu).sum() / count),
                health.maxHeapBytes(),
                health.gcMillis(),
                health.maxLagMs(),
                perSecond(health.receivedBytes(), count),
                perSecond(health.sentBytes(), count));
    }

    private static @Nullable Double meanPlanned(List<ExecutorSecond> seconds) {
        double sum = 0;
        for (var second : seconds) {
            Double planned = second.planned();
            if (planned == null) {
                return null;
            }
            sum += planned;
        }
        return Digits.perSecond(sum / seconds.size());
    }

    private static @Nullable Double perSecond(@Nullable Long bytes, int seconds) {
        return bytes == null ? null : (Double) Digits.perSecond((double) bytes / seconds);
    }
}
