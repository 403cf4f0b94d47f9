package dev.loadstar.contract.run;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** How figures of a result document are written for people: the same digits on the page and in the terminal. */
public final class Shown {

    /** What was not measured. */
    public static final String NOTHING = "–";

    private Shown() {}

    /** {@code 1,204}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Milliseconds or something per second, with three digits that count: 0.61, 8.70, 14.2, 214, 1,204. */
    public static String digits(@Nullable Double value) {
        if (value == null || value.isNaN()) {
            return NOTHING;
        }
        double size = Math.abs(value);
        int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A percentile in milliseconds, or {@code > 214} where it lies above all that was measured. */
    public static String percentile(@Nullable Latency latency, double percentile, @Nullable Double value) {
        return latency != null && latency.isAboveMax(percentile) ? "> " + digits(latency.max()) : digits(value);
    }

    /** A ratio of 0…1 in percent: {@code 0.02 %}. */
    public static String percent(@Nullable Double ratio) {
        return ratio == null || ratio.isNaN() ? NOTHING : String.format(Locale.ROOT, "%.2f %%", ratio * 100);
    }
}
