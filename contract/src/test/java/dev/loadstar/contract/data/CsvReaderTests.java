package dev.loadstar.contract.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CsvReaderTests {

    @Test
    void rowsAreReadWithQuotesAndEitherLineEnd() throws IOException {
        String text = "user,\"note\"\r\nann,\"says \"\"hi\"\", twice\"\n\r\n\"b\nob\",\r\n,x";

        assertThat(values(text, ','))
                .containsExactly(
                        List.of("user", "note"),
                        List.of("ann", "says \"hi\", twice"),
                        List.of("b\nob", ""),
                        List.of("", "x"));
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstValue() throws IOException {
        assertThat(values("\uFEFFä;b\n", ';')).containsExactly(List.of("ä", "b"));
    }

    @Test
    void rawBytesAreThoseOfTheFile() throws IOException {
        try (var reader = reader("a,\"b,\n\"\r\nc,d\n", ',')) {
            assertThat(reader.next()).isEqualTo(new CsvReader.Row(1, List.of("a", "b,\n")));
            assertThat(new String(reader.raw(), StandardCharsets.UTF_8)).isEqualTo("a,\"b,\n\"");
            assertThat(reader.next()).isEqualTo(new CsvReader.Row(3, List.of("c", "d")));
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void quoteThatIsNotClosedIsNamedWithItsLine() {
        assertThatThrownBy(() -> values("a\nb,\"c\nd", ','))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Line 2: a quote is not closed");
    }

    @Test
    void fileOfManyBuffersIsReadToItsEnd() throws IOException {
        String text = "0123456789,é\r\n".repeat(20_000);

        assertThat(values(text, ',')).hasSize(20_000).containsOnly(List.of("0123456789", "é"));
    }

    private static List<List<String>> values(String text, char delimiter) throws IOException {
        var rows = new ArrayList<List<String>>();
        try (var reader = reader(text, delimiter)) {
            for (CsvReader.Row row = reader.next(); row != null; row = reader.next()) {
                rows.add(row.values());
            }
        }
        return rows;
    }

    private static CsvReader reader(String text, char delimiter) throws IOException {
        return new CsvReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), delimiter);
    }
}
