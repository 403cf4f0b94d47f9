package dev.loadstar.contract.definition;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities as the definition writes them, always with their unit: {@code 1h30m}, {@code 100/s}, {@code 1%}. Every
 * reader throws {@link IllegalArgumentException} with a sentence for the user where the text is not one.
 */
public final class Units {

    private static final Pattern DURATION = Pattern.compile("(?=\\d)"
            + "(?:(\\d{1,6}(?:\\.\\d{1,6})?)h)?"
            + "(?:(\\d{1,6}(?:\\.\\d{1,6})?)m)?"
            + "(?:(\\d{1,8}(?:\\.\\d{1,6})?)s)?"
            + "(?:(\\d{1,9}(?:\\.\\d{1,3})?)ms)?");
    private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)/([smh])");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");
    private static final long[] NANOS = {3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L};

    private Units() {}

    /** {@code 500ms 90s 2m 1h30m 1.5s}: hours, minutes, seconds, milliseconds in this order, at least one of them. */
    public static Duration duration(String text) {
        Matcher parts = match(DURATION, text, "a duration such as 500ms, 90s, 2m or 1h30m");
        var nanos = BigDecimal.ZERO;
        for (int part = 0; part < NANOS.length; part++) {
            if (parts.group(part + 1) != null) {
                nanos = nanos.add(new BigDecimal(parts.group(part + 1)).multiply(BigDecimal.valueOf(NANOS[part])));
            }
        }
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** {@code 100/s 600/m 3600/h}, as a number per second. */
    public static double rate(String text) {
        Matcher parts = match(RATE, text, "a rate such as 100/s or 600/m");
        double seconds = switch (parts.group(2)) {
            case "s" -> 1;
            case "m" -> 60;
            default -> 3600;
        };
        return Double.parseDouble(parts.group(1)) / seconds;
    }

    /** {@code 1% 99.9%}, as 0…1. */
    public static double share(String text) {
        Matcher parts = match(SHARE, text, "a share such as 1% or 99.9%");
        return new BigDecimal(parts.group(1)).movePointLeft(2).doubleValue();
    }

    /** The shortest text that {@link #duration} reads back to the same milliseconds. */
    public static String text(Duration duration) {
        var text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    /** {@code 100/s}, {@code 0.5/s}; {@code 10/m} where no short number per second says the same. */
    public static String rateText(double perSecond) {
        String text = number(perSecond);
        boolean isExact = Math.abs(Double.parseDouble(text) - perSecond) <= 1e-9 * perSecond;
        String perMinute = number(perSecond * 60);
        return isExact || perMinute.contains(".") ? text + "/s" : perMinute + "/m";
    }

    private static String number(double value) {
        var rounded = BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }

    private static Matcher match(Pattern pattern, String text, String what) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"%s\" is not %s".formatted(text, what));
        }
        return matcher;
    }
}
