package dev.loadstar.cli;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** Times as the definition writes them: {@code 90s}, {@code 30m}, {@code 1h30m}. */
final class Times {

    private static final Pattern FORM = Pattern.compile("(?=\\d)(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");

    private Times() {}

    static Duration parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new TypeConversionException("'" + text + "' is not a time such as 90s, 30m or 1h30m");
        }
        return Duration.ofHours(number(match.group(1)))
                .plusMinutes(number(match.group(2)))
                .plusSeconds(number(match.group(3)));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
