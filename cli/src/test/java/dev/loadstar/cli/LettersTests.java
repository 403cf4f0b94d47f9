package dev.loadstar.cli;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LettersTests {

    @Test
    void signsThatATerminalDoesNotKnowAreReplacedByOnesOfTheSameWidth() {
        String text = "✓ ██▌▏ ▁▄█ · – … × ✗ Grüße";

        assertThat(new Letters(StandardCharsets.UTF_8).fit(text)).isEqualTo(text);
        assertThat(new Letters(StandardCharsets.US_ASCII).fit(text)).isEqualTo("+ ###  _.# - - ~ x x Gr??e");
        assertThat(new Letters(StandardCharsets.ISO_8859_1).fit(text)).isEqualTo("+ ###  _.# · - ~ × x Grüße");
    }

    @ParameterizedTest
    @CsvSource({
        "LC_ALL, en_GB.UTF-8, UTF-8",
        "LANG, de_DE.ISO-8859-15@euro, ISO-8859-15",
        "LANG, C, US-ASCII",
        "LANG, C.utf8, UTF-8",
        "LANG, POSIX, US-ASCII",
        "LANG, en_US, UTF-8",
        "LANG, x.no-such-charset, UTF-8",
        "OTHER, x, UTF-8"
    })
    void charsetIsThatOfTheLocale(String variable, String locale, String charset) {
        assertThat(look(Map.of(variable, locale)).charset().name()).isEqualTo(charset);
    }

    @Test
    void colourAndDrawingNeedATerminalThatCanAndAUserWhoWants() {
        assertThat(look(Map.of())).matches(look -> look.facts() && look.words() && look.colour() && !look.input());
        assertThat(look(Map.of("NO_COLOR", "1"))).matches(look -> look.facts() && !look.colour());
        assertThat(look(Map.of("NO_COLOR", ""))).matches(Look::colour);
        assertThat(look(Map.of("TERM", "dumb"))).matches(look -> !look.facts() && !look.words());
    }

    private static Look look(Map<String, String> environment) {
        return Look.of(environment, "out,err", Look.Size.USUAL);
    }
}
