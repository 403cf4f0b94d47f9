package dev.loadstar.results;

import java.time.Duration;

import dev.loadstar.contract.wire.RunEnded;
import org.jspecify.annotations.Nullable;

/** When there was load: from the first wanted user to the last closed one, or to the newest second while the run goes on. */
record LoadTime(long startMillis, long endMillis) {

    /** Null where no load was started. */
    static @Nullable LoadTime of(Measured measured) {
        var ended = measured.run().ended();
        Long start = ended != null && ended.getLoadStartedMillis() > 0
                ? Long.valueOf(ended.getLoadStartedMillis())
                : measured.run().loadStartMillis();
        if (start == null) {
            return null;
        }
        return new LoadTime(start, Math.max(start, end(ended, measured)));
    }

    private static long end(@Nullable RunEnded ended, Measured measured) {
        return ended != null && ended.getLoadEndedMillis() > 0 ? ended.getLoadEndedMillis() : newest(measured);
    }

    private static long newest(Measured measured) {
        return measured.seconds().stream()
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
