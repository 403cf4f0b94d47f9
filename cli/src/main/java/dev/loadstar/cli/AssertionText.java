package dev.loadstar.cli;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.loadstar.contract.run.RunDocument.AssertionResult;
import org.jspecify.annotations.Nullable;

/** An assertion in words and figures. */
final class AssertionText {

    /** A number with its unit, or a quoted label that is left as it is. */
    private static final Pattern NUMBER_WITH_UNIT = Pattern.compile("'[^']*'|(\\d)(ms|s|m|h|%)(?![\\w])");

    private static final Pattern LIMIT = Pattern.compile("(?:<=|>=|<|>)\\s*([\\d.]+)\\s*(ms|s|m|%)?");

    private AssertionText() {}

    /** {@code p95 < 300 ms}. */
    static String of(AssertionResult assertion) {
        return NUMBER_WITH_UNIT.matcher(assertion.text()).replaceAll(AssertionText::spaced);
    }

    /** What was measured: {@code 43 ms}, {@code 0.00 %}. */
    static String value(AssertionResult assertion) {
        Double value = assertion.value();
        if (value == null) {
            return "no data";
        }
        String above = assertion.aboveMax() ? "> " : "";
        return above
                + switch (assertion.unit()) {
                    case "ms" -> Figures.millis(value) + " ms";
                    case "ratio" -> Figures.ratio(value);
                    case "count" -> Figures.count(Math.round(value));
                    case "percent" -> Figures.ratio(value / 100);
                    case "seconds" -> Figures.rate(value) + " s";
                    case "perSecond", "per-second" -> Figures.rate(value) + "/s";
                    default -> Figures.rate(value);
                };
    }

    /** {@code , +13.7 % over the limit}; empty where no limit can be read off the text. */
    static String excess(AssertionResult assertion) {
        Double value = assertion.value();
        Double limit = limit(assertion);
        if (value == null || limit == null || limit == 0) {
            return "";
        }
        double share = (value - limit) / limit;
        return String.format(Locale.ROOT, ", %+.1f %% %s the limit", share * 100, share < 0 ? "under" : "over");
    }

    private static @Nullable Double limit(AssertionResult assertion) {
        var limit = LIMIT.matcher(assertion.text());
        if (!limit.find()) {
            return null;
        }
        double number = Double.parseDouble(limit.group(1));
        String unit = limit.group(2) == null ? "" : limit.group(2);
        return switch (unit) {
            case "s" -> number * 1000;
            case "m" -> number * 60_000;
            case "%" -> number / 100;
            default -> number;
        };
    }

    private static String spaced(MatchResult match) {
        return match.group(1) == null ? Matcher.quoteReplacement(match.group()) : match.group(1) + " " + match.group(2);
    }
}
