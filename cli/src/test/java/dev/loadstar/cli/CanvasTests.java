package dev.loadstar.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CanvasTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Canvas canvas = new Canvas(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new Letters(StandardCharsets.UTF_8),
            new TerminalSize(new Look.Size(80, 24)));

    @Test
    void terminalIsTakenOnceAndGivenBackOnce() {
        canvas.draw(List.of("a", "b"));
        canvas.draw(List.of("c"));
        canvas.close();
        canvas.close();
        canvas.draw(List.of("too late"));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[H\u001b[2Ka\r\n\u001b[2Kb\u001b[3;1H\u001b[J"
                        + "\u001b[H\u001b[2Kc\u001b[2;1H\u001b[J"
                        + "\u001b[?7h\u001b[?25h\u001b[?1049l");
    }

    @Test
    void terminalThatWasNeverTakenIsLeftAlone() {
        canvas.close();

        assertThat(out.size()).isZero();
    }
}
