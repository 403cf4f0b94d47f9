package dev.loadstar.results;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import dev.loadstar.contract.wire.SampleKind;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was measured of one run so far, as the tables hold it: what all results are computed from.
 *
 * @param arrivals by stage, without what was planned
 * @param history the same second by second
 * @param target what its Prometheus told, by query
 */
record Measured(
        StoredRun run,
        Map<Series, Samples> totals,
        List<ExecutorSecond> seconds,
        List<ErrorRow> errors,
        Map<Integer, End> ends,
        Map<StageKey, ArrivalResult> arrivals,
        History history,
        List<TargetSeries> target) {

    /** One executor in one second; {@code planned} users are null where the script decides. */
    record ExecutorSecond(
            int executor,
            long second,
            long requests,
            long errors,
            double active,
            @Nullable Double planned,
            GeneratorHealth health) {

        double cpu() {
            return health.cpu();
        }
    }

    record ErrorRow(
            String scenario,
            String label,
            SampleKind sampleKind,
            String kind,
            String message,
            long count,
            long firstMillis) {}

    /** What an executor said at its end, over all its epochs. */
    record End(long produced, long declaredLost, boolean toolFailed, String message) {

        End plus(End later) {
            return new End(
                    produced + later.produced,
                    declaredLost + later.declaredLost,
                    toolFailed || later.toolFailed,
                    later.message.isEmpty() ? message : later.message);
        }
    }

    /** What that query of the plan told. */
    TargetSeries target(@Nullable String query) {
        return target.stream()
                .filter(series -> series.id().equals(query))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the plan has no query " + query));
    }

    Samples sum(Predicate<Series> which) {
        var sum = new Samples();
        totals.forEach((series, samples) -> {
            if (which.test(series)) {
                sum.add(samples);
            }
        });
        return sum;
    }

    long count(Predicate<Series> which) {
        return totals.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToLong(entry -> entry.getValue().count())
                .sum();
    }

    Samples requests() {
        return sum(Series::isRequest);
    }

    /** Requests that each executor has delivered to the tables. */
    Map<Integer, Long> stored() {
        var stored = new HashMap<Integer, Long>();
        seconds.forEach(second -> stored.merge(second.executor(), second.requests(), Long::sum));
        return stored;
    }
}
