package dev.loadstar.results.export;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/** Numbers with the digits that the run's document has, never rounded again and without an exponent. */
final class ExactNumber {

    static final String NOTHING = "–";

    private ExactNumber() {}

    /** {@code 18}, {@code 43.215}, {@code 0.00002}. */
    static String of(Number number) {
        boolean whole = number instanceof Long || number instanceof Integer;
        return whole ? number.toString() : plain(BigDecimal.valueOf(number.doubleValue()));
    }

    /** The same for people: a dash for what was not measured. */
    static String orDash(@Nullable Number number) {
        return number == null ? NOTHING : of(number);
    }

    /** A share of 0…1: {@code 0.0234 %}. */
    static String percent(@Nullable Double ratio) {
        return ratio == null ? NOTHING : plain(BigDecimal.valueOf(ratio).movePointRight(2)) + " %";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
