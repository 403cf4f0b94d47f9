package dev.loadstar.results;

import java.time.Duration;
import java.util.List;

import dev.loadstar.contract.wire.RunEnded;
import dev.loadstar.results.Measured.ExecutorSecond;
import org.jspecify.annotations.Nullable;

/** When there was load: from the first wanted user to the last closed one, or to the newest second while the run goes on. */
record LoadTime(long startMillis, long endMillis) {

    /** Null where no load was started. */
    static @Nullable LoadTime of(Measured measured) {
        return of(measured.run(), measured.seconds());
    }

    /** Null where no load was started. */
    static @Nullable LoadTime of(StoredRun run, List<ExecutorSecond> seconds) {
        var ended = run.ended();
        Long start = ended != null && ended.getLoadStartedMillis() > 0
                ? Long.valueOf(ended.getLoadStartedMillis())
                : run.loadStartMillis();
        if (start == null) {
            return null;
        }
        return new LoadTime(start, Math.max(start, end(ended, seconds)));
    }

    private static long end(@Nullable RunEnded ended, List<ExecutorSecond> seconds) {
        return ended != null && ended.getLoadEndedMillis() > 0 ? ended.getLoadEndedMillis() : newest(seconds);
    }

    private static long newest(List<ExecutorSecond> seconds) {
        return seconds.stream()
                .mapToLong(second -> (second.second() + 1) * 1000)
                .max()
                .orElse(0);
    }

    Duration length() {
        return Duration.ofMillis(endMillis - startMillis);
    }

    /** Null where no time passed. */
    static @Nullable Double perSecond(long count, Duration time) {
        return time.isPositive() ? (Double) Digits.perSecond(count * 1e9 / time.toNanos()) : null;
    }
}
