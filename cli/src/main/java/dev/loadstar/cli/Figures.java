package dev.loadstar.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import dev.loadstar.contract.run.Latency;
import dev.loadstar.contract.run.Shown;
import org.jspecify.annotations.Nullable;

/** {@link Shown} by the names of what is shown, and what only the terminal shows. */
final class Figures {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private Figures() {}

    static String count(long value) {
        return Shown.count(value);
    }

    static String rate(@Nullable Double perSecond) {
        return Shown.digits(perSecond);
    }

    static String millis(@Nullable Double millis) {
        return Shown.digits(millis);
    }

    static String millis(@Nullable Latency latency, double percentile, @Nullable Double value) {
        return Shown.percentile(latency, percentile, value);
    }

    static String ratio(@Nullable Double ratio) {
        return Shown.percent(ratio);
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
