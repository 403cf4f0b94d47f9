package dev.loadstar.web;

import java.time.Duration;
import java.util.Locale;

import dev.loadstar.contract.run.Latency;
import org.jspecify.annotations.Nullable;

/** How figures are written on pages: thousands grouped, three significant digits, a dash for what was not measured. */
final class Figures {

    static final Figures INSTANCE = new Figures();
    static final String NOTHING = "–";

    private static final int BYTES_PER_UNIT = 1000;

    private Figures() {}

    public String count(@Nullable Long number) {
        return number == null ? NOTHING : String.format(Locale.ROOT, "%,d", number);
    }

    /** Milliseconds or a rate: 0.61, 8.70, 14.2, 214, 1,204. */
    public String digits(@Nullable Double value) {
        if (value == null || value.isNaN()) {
            return NOTHING;
        }
        double size = Math.abs(value);
        int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A percentile in milliseconds, or {@code > 214} where it lies above all that was measured. */
    public String percentile(@Nullable Latency latency, double percentile, @Nullable Double value) {
        return latency != null && latency.isAboveMax(percentile) ? "> " + digits(latency.max()) : digits(value);
    }

    /** A ratio of 0…1 in percent. */
    public String percent(@Nullable Double ratio) {
        return ratio == null || ratio.isNaN() ? NOTHING : String.format(Locale.ROOT, "%.2f %%", ratio * 100);
    }

    /** A share for which whole percents will do. */
    public String roughPercent(@Nullable Double ratio) {
        return ratio == null || ratio.isNaN() ? NOTHING : String.format(Locale.ROOT, "%.0f %%", ratio * 100);
    }

    public String bytes(long bytes) {
        double size = bytes;
        for (String unit : new String[] {"B", "kB", "MB", "GB"}) {
            if (size < BYTES_PER_UNIT) {
                return digits(size) + " " + unit;
            }
            size /= BYTES_PER_UNIT;
        }
        return digits(size) + " TB";
    }

    /** Minutes and seconds, 6:12, or 1:06:12 from an hour on. */
    public String clock(@Nullable Duration duration) {
        if (duration == null) {
            return NOTHING;
        }
        String seconds = String.format(Locale.ROOT, "%02d", duration.toSecondsPart());
        return duration.toHours() == 0
                ? duration.toMinutes() + ":" + seconds
                : String.format(Locale.ROOT, "%d:%02d:%s", duration.toHours(), duration.toMinutesPart(), seconds);
    }
}
