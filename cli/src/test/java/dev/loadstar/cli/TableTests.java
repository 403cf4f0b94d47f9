package dev.loadstar.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TableTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100 | 'label of a request   req/s   p50|add to cart           60.0    11'",
                " 31 | 'label of a request   req/s|add to cart           60.0'",
                " 20 | 'label of a …   req/s|add to cart     60.0'",
                "  5 | 'labe…|add …'"
            })
    void columnsGoAndThenTheNamesAreCut(int room, String lines) {
        var table = new Table()
                .expendable(2)
                .row("label of a request", "req/s", "p50")
                .row("add to cart", "60.0", "11");

        assertThat(String.join("|", table.lines(room))).isEqualTo(lines);
    }
}
