package dev.loadstar.cli;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExportTests extends CommandLineTests {

    @ParameterizedTest
    @CsvSource({
        "labels, labels.csv",
        "timeline, timeline.csv",
        "junit, junit.xml",
        "markdown, summary.md",
        "hlog, latency.hlog"
    })
    void formatIsAFileOfTheServer(String format, String file) {
        server.on("GET " + RUN + "/export/" + file, 200, "what is in it\r\n");

        assertThat(loadstar("export", "42", "--format", format)).isZero();

        assertThat(stdout()).isEqualTo("what is in it" + System.lineSeparator());
    }

    @Test
    void jsonIsTheDocument() {
        server.on("GET " + RUN, 200, "{}");

        assertThat(loadstar("export", "#42", "--format", "json")).isZero();

        assertThat(stdout()).startsWith("{}");
    }

    @Test
    void fileHoldsWhatTheServerWroteByteByByte() throws IOException {
        var file = folder.resolve("labels.csv");
        Files.writeString(file, "an older one that is longer");
        server.on("GET " + RUN + "/export/labels.csv", 200, "scenario,label\r\n");

        assertThat(loadstar("export", "42", "--format", "labels", "--out", file.toString()))
                .isZero();

        assertThat(file).hasContent("scenario,label\r\n");
        assertThat(stdout()).isEmpty();
    }

    @Test
    void unknownFormatIsRefusedWithThoseThatThereAre() {
        assertThat(loadstar("export", "42", "--format", "pdf")).isEqualTo(CliError.REFUSED);

        assertThat(stderr()).contains("json, labels, timeline, junit, markdown, hlog");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void runThatIsNotThereLeavesNoFile() {
        var file = folder.resolve("labels.csv");

        assertThat(loadstar("export", "43", "--format", "labels", "--out", file.toString()))
                .isNotZero();

        assertThat(file).doesNotExist();
    }
}
