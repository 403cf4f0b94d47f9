package dev.loadstar.platform.run;

import java.security.SecureRandom;
import java.time.Instant;

/** Ids of 26 characters that sort by their instant: 48 bits of milliseconds and 80 random bits in Crockford's base 32. */
final class Ulid {

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int TIME_DIGITS = 10;
    private static final int RANDOM_DIGITS = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ulid() {}

    static String at(Instant instant) {
        var text = new StringBuilder(TIME_DIGITS + RANDOM_DIGITS);
        long millis = instant.toEpochMilli();
        for (int digit = TIME_DIGITS - 1; digit >= 0; digit--) {
            text.append(DIGITS[(int) (millis >>> (5 * digit)) & 31]);
        }
        for (int digit = 0; digit < RANDOM_DIGITS; digit++) {
            text.append(DIGITS[RANDOM.nextInt(DIGITS.length)]);
        }
        return text.toString();
    }
}
