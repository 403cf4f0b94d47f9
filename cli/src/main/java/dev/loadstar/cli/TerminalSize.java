package dev.loadstar.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** The terminal's size, asked for now and then, because nobody tells a JVM that it has changed. */
final class TerminalSize {

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("([1-9]\\d{0,4}) ([1-9]\\d{0,4})\\s*");

    private final Stopwatch asked = new Stopwatch();
    private Look.Size last;

    TerminalSize(Look.Size first) {
        last = first;
    }

    Look.Size now() {
        if (asked.elapsed().compareTo(EVERY) > 0) {
            asked.restart();
            last = ask();
        }
        return last;
    }

    private Look.Size ask() {
        try {
            var stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var answer = ROWS_AND_COLUMNS.matcher(
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            return answer.matches()
                    ? new Look.Size(Integer.parseInt(answer.group(2)), Integer.parseInt(answer.group(1)))
                    : last;
        } catch (IOException e) {
            return last; // a terminal that is gone needs no size
        }
    }
}
