package dev.loadstar.web;

import java.time.Duration;
import java.util.Locale;

import dev.loadstar.contract.run.Latency;
import dev.loadstar.contract.run.Shown;
import org.jspecify.annotations.Nullable;

/** {@link Shown} for templates, and what only pages show. */
final class Figures {

    static final Figures INSTANCE = new Figures();
    static final String NOTHING = Shown.NOTHING;

    private static final int BYTES_PER_UNIT = 1000;

    private Figures() {}

    public String count(@Nullable Long number) {
        return number == null ? NOTHING : Shown.count(number);
    }

    public String digits(@Nullable Double value) {
        return Shown.digits(value);
    }

    public String percentile(@Nullable Latency latency, double percentile, @Nullable Double value) {
        return Shown.percentile(latency, percentile, value);
    }

    public String percent(@Nullable Double ratio) {
        return Shown.percent(ratio);
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
