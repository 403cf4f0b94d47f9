package dev.loadstar.cli;

import java.nio.charset.Charset;
import java.util.Map;

/** Text for a terminal that may not know all of our signs: each is replaced by one of the same width that everybody knows. */
final class Letters {

    private static final Map<Integer, String> PLAIN = Map.ofEntries(
            plain("█", "#"),
            plain("✓", "+"),
            plain("✗", "x"),
            plain("×", "x"),
            plain("·", "-"),
            plain("–", "-"),
            plain("…", "~"),
            plain("│", "|"));

    /** Parts of a block; the smaller half of them is shown as nothing. */
    private static final String FINE = "▏▎▍▌▋▊▉";

    /** Heights of a block, for curves. */
    static final String HEIGHTS = "▁▂▃▄▅▆▇█";

    private static final String PLAIN_HEIGHTS = "__..--^^";

    private final Charset charset;

    Letters(Charset charset) {
        this.charset = charset;
    }

    String fit(String text) {
        var encoder = charset.newEncoder();
        if (encoder.canEncode(text)) {
            return text;
        }
        var fitting = new StringBuilder();
        text.codePoints().forEach(sign -> {
            String same = Character.toString(sign);
            fitting.append(encoder.canEncode(same) ? same : replacement(sign));
        });
        return fitting.toString();
    }

    private static String replacement(int sign) {
        int fine = FINE.indexOf(sign);
        int height = HEIGHTS.indexOf(sign);
        if (fine >= 0) {
            return fine < FINE.length() / 2 ? " " : "#";
        }
        return PLAIN.getOrDefault(sign, height >= 0 ? PLAIN_HEIGHTS.substring(height, height + 1) : "?");
    }

    private static Map.Entry<Integer, String> plain(String sign, String by) {
        return Map.entry(sign.codePointAt(0), by);
    }
}
