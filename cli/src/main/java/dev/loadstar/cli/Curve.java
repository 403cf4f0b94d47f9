package dev.loadstar.cli;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** The last values of something as a row of small bars, the newest at the right. */
final class Curve {

    private Curve() {}

    /** Bars from zero to the highest of the values shown; a value that was not measured leaves a gap. */
    static String of(List<@Nullable Double> values, int width) {
        var shown = values.subList(Math.max(0, values.size() - width), values.size());
        double highest = shown.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        var curve = new StringBuilder();
        for (Double value : shown) {
            curve.append(value == null ? ' ' : bar(highest > 0 ? value / highest : 0));
        }
        return curve.append(" ".repeat(width - shown.size())).toString();
    }

    private static char bar(double share) {
        int heights = Letters.HEIGHTS.length();
        return Letters.HEIGHTS.charAt((int) Math.clamp(Math.ceil(share * heights) - 1, 0, heights - 1));
    }
}
