package dev.loadstar.results;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a query to a Prometheus that watches the target gave over the time of a run.
 *
 * @param id as assertions name it, without {@code prometheus.}
 * @param name of the group that it stands in
 * @param unit percent, ratio, seconds, bytes, count, perSecond
 * @param problem why the newest question got no answer, in one sentence; null where it got one
 * @param values in order of time
 */
public record TargetSeries(
        String id,
        String name,
        String server,
        String unit,
        @Nullable String problem,
        List<Value> values) {

    public TargetSeries {
        values = List.copyOf(values);
    }

    /** @param second UTC, whole second */
    public record Value(Instant second, double value) {}
}
