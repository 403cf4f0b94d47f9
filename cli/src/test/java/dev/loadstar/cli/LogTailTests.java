package dev.loadstar.cli;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LogTailTests {

    @ParameterizedTest
    @CsvSource({
        "'', a b, a b",
        "a b, a b, ''",
        "a b, a b c, c",
        "a b c, b c d e, d e",
        "a a b, a b a, a",
        "a b, x y, x y",
        "a b c, c d, d",
    })
    void onlyWhatIsNewIsAdded(String before, String now, String added) {
        assertThat(LogTail.added(words(before), words(now))).isEqualTo(words(added));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
