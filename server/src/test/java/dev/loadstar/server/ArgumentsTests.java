package dev.loadstar.server;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArgumentsTests {

    @Test
    void withoutArgumentsEverythingHasADefault() {
        var arguments = Arguments.parse();

        assertThat(arguments.port()).isEqualTo(8080);
        assertThat(arguments.data()).isEqualTo(DataDirectory.defaultPlace());
        assertThat(arguments.allowLocalGit()).isFalse();
        assertThat(arguments.properties()).isEmpty();
    }

    @Test
    void everyArgumentIsTaken() {
        var arguments =
                Arguments.parse("--port", "9000", "--data", "/var/lib/x", "--allow-local-git", "-D", "a.b=c=d", "-De=");

        assertThat(arguments)
                .isEqualTo(new Arguments(9000, Path.of("/var/lib/x"), true, Map.of("a.b", "c=d", "e", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port 70000", "--port x", "-D", "-Dvalue", "--color", "8080"})
    void whatIsNotAnArgumentIsRefusedByName(String line) {
        String[] words = line.split(" ");

        assertThatThrownBy(() -> Arguments.parse(words))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(words[words.length - 1].replaceFirst("^-D(?=.)", ""));
    }
}
