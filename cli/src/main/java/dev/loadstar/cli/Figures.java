package dev.loadstar.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import dev.loadstar.contract.run.Latency;
import org.jspecify.annotations.Nullable;

/** Numbers in the form that people read: thousands separated, units written, no digits that mean nothing. */
final class Figures {

    private static final String NOTHING = "–";

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private Figures() {}

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 60.0}, {@code 2,041.1}. */
    static String rate(@Nullable Double perSecond) {
        return perSecond == null ? NOTHING : String.format(Locale.ROOT, "%,.1f", perSecond);
    }

    /** Latency without its unit: one decimal below 10 ms, none above. */
    static String millis(@Nullable Double millis) {
        if (millis == null) {
            return NOTHING;
        }
        return String.format(Locale.ROOT, millis < 9.95 ? "%.1f" : "%,.0f", millis);
    }

    /** A percentile, or {@code > 214} where it lies above all that was measured. */
    static String millis(@Nullable Latency latency, double percentile, @Nullable Double value) {
        return latency != null && latency.isAboveMax(percentile) ? "> " + millis(latency.max()) : millis(value);
    }

    /** A share of errors and the like: {@code 0.02 %}. */
    static String ratio(@Nullable Double ratio) {
        return ratio == null ? NOTHING : String.format(Locale.ROOT, "%.2f %%", ratio * 100);
    }

    /** A share that is usually near the whole: {@code 99.9 %}. */
    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
    }

    /** {@code 0:41}, {@code 1:02:03}. */
    static String clock(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** {@code 2026-11-20 10:00}, in the zone of whoever reads it. */
    static String when(Instant instant, ZoneId zone) {
        return WHEN.format(instant.atZone(zone));
    }

    static String plural(long n, String noun) {
        return count(n) + " " + noun + (n == 1 ? "" : "s");
    }
}
