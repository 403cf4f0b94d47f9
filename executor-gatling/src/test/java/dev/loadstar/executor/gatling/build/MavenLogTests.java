package dev.loadstar.executor.gatling.build;

import java.nio.file.Path;
import java.util.List;

import dev.loadstar.contract.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MavenLogTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[ERROR] /w/src/test/java/a/B.java:[12,8] cannot find symbol | src/test/java/a/B.java, line 12: cannot find symbol",
                "[ERROR] /w/src/test/scala/B.scala:12: not found: value foo | src/test/scala/B.scala, line 12: not found: value foo",
                "[ERROR] [Error] /w/src/test/scala/B.scala:12: type mismatch; | src/test/scala/B.scala, line 12: type mismatch;",
                "[Error] /w/src/test/scala/B.scala:12:7: not found | src/test/scala/B.scala, line 12: not found",
                "[ERROR] file:///w/src/test/kotlin/B.kt:12:8 Unresolved reference 'x'. | src/test/kotlin/B.kt, line 12: Unresolved reference 'x'.",
                "[ERROR] /w/src/test/kotlin/B.kt: (12, 8) Unresolved reference: x | src/test/kotlin/B.kt, line 12: Unresolved reference: x",
            })
    void errorsOfEachCompilerAreReadWithFileAndLine(String line, String message) {
        assertThat(problems("[INFO] before", line, line, "[ERROR] Failed to execute goal"))
                .extracting(Problem::message)
                .containsExactly(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[ERROR] Failed to execute goal on project x: Could not find artifact a:b:jar:1 in central | artifact-unknown",
                "[ERROR] Failed to execute goal on project x: Could not transfer artifact a:b:jar:1 from central: Connection refused | artifact-unreachable",
                "[ERROR] The goal you specified requires a project | script-invalid",
            })
    void otherwiseTheFirstThingThatMavenSaysCounts(String line, String code) {
        assertThat(problems(line, "[ERROR] -> [Help 1]")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.message()).isEqualTo("Maven cannot build it: " + line.substring("[ERROR] ".length()));
            assertThat(problem.hint()).contains("[Help 1]");
        });
    }

    @Test
    void fileOutsideOfTheWorkspaceKeepsItsName() {
        assertThat(problems("[ERROR] /elsewhere/B.java:[1,1] no"))
                .extracting(Problem::message)
                .containsExactly("/elsewhere/B.java, line 1: no");
    }

    private static List<Problem> problems(String... lines) {
        return new MavenLog(Path.of("/w"), List.of(lines)).problems();
    }
}
