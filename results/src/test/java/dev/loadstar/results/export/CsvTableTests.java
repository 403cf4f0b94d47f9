package dev.loadstar.results.export;

import java.time.Instant;
import java.util.List;

import dev.loadstar.contract.run.RunDocument.LabelResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CsvTableTests {

    record Text(String text, double number, Instant at) {}

    @Test
    void columnsAreTheValuesOfTheJsonUnderTheirNames() {
        String header = labels().lines().findFirst().orElseThrow();

        assertThat(header)
                .startsWith(
                        "scenario,label,kind,requests,errors,errorRatio,requestsPerSecond,latencyMs.avg,latencyMs.min")
                .contains("latencyMs.p999", "intendedLatencyMs.p95", "intendedLatencyMs.measuredUpTo");
    }

    @Test
    void digitsAreThoseOfTheDocumentAndWhatWasNotMeasuredIsEmpty() {
        assertThat(labels())
                .contains(",request,30617,0,0,1020.57,8.911,0.611,8.191,13.503,17.023,29.951,80.127,121.087,4.7,,")
                .contains(",transaction,7,1,0.00002,,,,");
    }

    @Test
    void linesEndAsRfc4180SaysAndTextWithSeparatorsIsQuoted() {
        assertThat(labels()).endsWith("\r\n").contains("browse,\"a|b *c*,\n<d>\",transaction");
    }

    @Test
    void formulaInALabelStaysText() {
        assertThat(labels()).contains("browse,\"'=HYPERLINK(\"\"http://evil\"\",\"\"home\"\")\",request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\uff1d1", "\n"})
    void whatASpreadsheetWouldCalculateIsGuarded(String text) {
        assertThat(cells(text)).startsWith("'").as("and numbers are not").contains(",-1.5,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"home", "add to cart", "'quoted'", "a=b", ""})
    void otherTextIsLeftAsItIs(String text) {
        assertThat(cells(text)).isEqualTo(text + ",-1.5,2026-11-20T10:00:00Z");
    }

    private static String labels() {
        return CsvTable.of(LabelResult.class, ExportedRun.document().labels());
    }

    /** The one row, without quotes around its first cell. */
    private static String cells(String text) {
        String csv = CsvTable.of(Text.class, List.of(new Text(text, -1.5, Instant.parse("2026-11-20T10:00:00Z"))));
        return csv.substring(csv.indexOf("\r\n") + 2).strip().replaceFirst("^\"", "");
    }
}
