package dev.loadstar.worker.run;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Load that nobody made, because its executor was lost.
 *
 * @param part of the scenario, 0…1
 * @param from since the scenario's start, as exact as the executor was heard
 * @param until null: up to the end
 */
record Deficit(
        int executor,
        String scenario,
        double part,
        Duration from,
        @Nullable Duration until) {

    Deficit until(Duration end) {
        return new Deficit(executor, scenario, part, from, end);
    }

    /** One sentence. */
    String described() {
        String what =
                String.format(Locale.ROOT, "%.0f%% of '%s' (executor %d) was missing ", part * 100, scenario, executor);
        return what
                + (until == null
                        ? "from %s on.".formatted(seconds(from))
                        : "from %s to %s.".formatted(seconds(from), seconds(until)));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
}
