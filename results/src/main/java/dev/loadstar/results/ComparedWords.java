package dev.loadstar.results;

import java.util.Locale;

import dev.loadstar.contract.run.ComparisonDocument.Significance;
import dev.loadstar.results.compare.Change;
import org.jspecify.annotations.Nullable;

/** A difference in a sentence without a full stop. */
record ComparedWords(String where, ComparedFigure figure, Significance significance) {

    String sentence(@Nullable Double a, @Nullable Double b, @Nullable Change change) {
        String what = "%s %s".formatted(figure.title(), where);
        if (a == null || b == null || change == null) {
            return "%s was measured only in the %s run: %s"
                    .formatted(what, a == null ? "second" : "first", value(a == null ? b : a));
        }
        String way = change.relative() > 0 ? "rose" : "fell";
        String values = "from %s to %s%s".formatted(value(a), value(b), percent(change));
        return switch (significance) {
            case WORSE, BETTER -> "%s %s %s, %s".formatted(what, way, values, beyond(change));
            case SAME ->
                "%s did not change: %s and %s%s%s".formatted(what, value(a), value(b), percent(change), within(change));
            case UNKNOWN -> "%s %s %s; whether that is more than noise cannot be told".formatted(what, way, values);
        };
    }

    private static String beyond(Change change) {
        return change.isNoiseKnown()
                ? "which noise does not explain: " + change.noise()
                : "which the number of samples does not explain; how far runs of this test differ among themselves is not known";
    }

    private static String within(Change change) {
        return change.relative() == 0 || !change.isNoiseKnown() ? "" : "; " + change.noise();
    }

    private static String percent(Change change) {
        return Double.isFinite(change.relative()) && change.relative() != 0
                ? String.format(Locale.ROOT, " (%+.1f %%)", change.relative() * 100)
                : "";
    }

    private String value(@Nullable Double value) {
        if (value == null) {
            return "nothing";
        }
        return switch (figure.unit()) {
            case "ms" -> number(value) + " ms";
            case "ratio" -> number(value * 100) + " %";
            default -> number(value) + "/s";
        };
    }

    /** Three significant digits, and all of those before the point. */
    private static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
