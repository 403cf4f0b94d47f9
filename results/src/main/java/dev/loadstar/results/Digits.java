package dev.loadstar.results;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** The digits that numbers are shown with: this is the only place that rounds, so that they are the same everywhere. */
public final class Digits {

    private Digits() {}

    /** Milliseconds with whole µs. */
    public static double millis(double micros) {
        return Math.round(micros) / 1000.0;
    }

    public static double millis(long micros) {
        return micros / 1000.0;
    }

    /** A share 0…1 with six digits, and with more where six would make something out of nothing or all of nearly all. */
    public static double ratio(double exact) {
        double rounded = Math.round(exact * 1e6) / 1e6;
        boolean hides = (rounded == 0 && exact != 0) || (rounded == 1 && exact != 1);
        return hides
                ? new BigDecimal(exact)
                        .round(new MathContext(3, RoundingMode.DOWN))
                        .doubleValue()
                : rounded;
    }

    /** Something per second, with two digits. */
    public static double perSecond(double exact) {
        return Math.round(exact * 100) / 100.0;
    }

    /** A value of any size with six digits that count. */
    public static double significant(double exact) {
        return new BigDecimal(exact).round(new MathContext(6)).doubleValue();
    }

    /** {@code 91.2 %}, without a digit that says nothing: {@code 95 %}. */
    static String percent(double share) {
        var percent = BigDecimal.valueOf(share * 100).setScale(1, RoundingMode.HALF_UP);
        return percent.stripTrailingZeros().toPlainString() + " %";
    }

    /** {@code 1,234}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
