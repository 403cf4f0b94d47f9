package dev.loadstar.cli;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the streams of this command lead to.
 *
 * @param input whether a person can be asked
 * @param facts whether stdout is a terminal that can be drawn on
 * @param words whether stderr is one
 * @param colour whether the user wants colour on a terminal
 * @param size of the terminal when the command began
 * @param charset of the terminal; what goes elsewhere is UTF-8
 */
record Look(boolean input, boolean facts, boolean words, boolean colour, Size size, Charset charset) {

    /** Columns and rows of a terminal. */
    record Size(int columns, int rows) {
        static final Size USUAL = new Size(80, 24);
    }

    /** No terminal anywhere. */
    static Look plain() {
        return new Look(false, false, false, false, Size.USUAL, StandardCharsets.UTF_8);
    }

    /** @param terminals names of the streams that are terminals, as the script found them: {@code in,out,err} */
    static Look of(Map<String, String> environment, String terminals, Size size) {
        var list = List.of(terminals.split(",", -1));
        boolean dumb = "dumb".equals(environment.get("TERM"));
        return new Look(
                list.contains("in"),
                list.contains("out") && !dumb,
                list.contains("err") && !dumb,
                Objects.requireNonNullElse(environment.get("NO_COLOR"), "").isEmpty(),
                size,
                charset(environment));
    }

    /** The charset that the locale names; UTF-8 where it names none, because nearly every terminal speaks it today. */
    private static Charset charset(Map<String, String> environment) {
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        if (locale.equals("C") || locale.equals("POSIX")) {
            return StandardCharsets.US_ASCII;
        }
        int dot = locale.indexOf('.');
        if (dot < 0) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(locale.substring(dot + 1).replaceFirst("@.*", ""));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
