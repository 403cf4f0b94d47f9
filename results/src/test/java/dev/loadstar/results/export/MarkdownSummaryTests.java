package dev.loadstar.results.export;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MarkdownSummaryTests {

    private static final String PAGE = "http://127.0.0.1:8080/projects/default/runs/42";

    @Test
    void verdictAssertionsLabelsAndErrorsAreTables() {
        assertThat(MarkdownSummary.of(ExportedRun.document(), PAGE).lines())
                .containsExactly(
                        "## FAILED: [shop &lt;&amp;> \"pay\" #42](<" + PAGE + ">)",
                        "",
                        "1 of 3 assertions does not hold",
                        "- another run loaded the host too",
                        "",
                        "|  | assertion | measured |  |",
                        "|---|---|---|---|",
                        "| ✓ | p95 &lt; 300ms | 17.919 ms |  |",
                        "| ✗ failed | errors &lt; 1% | 1.96 % |  |",
                        "| ! warned | p99 of 'a\0b' &lt; 1s | > 140.543 ms | beyond the warning value |",
                        "",
                        "| label | requests | req/s | errors | p50 ms | p95 ms | p99 ms | max ms | intended p95 ms | intended p99 ms |",
                        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
                        "| =HYPERLINK(\"http://evil\",\"home\") | 30617 | 1020.57 | 0 % | 8.191 | 17.023 | 29.951 | 121.087 | 44.5 | > 121.087 |",
                        "| a\\|b \\*c\\*, &lt;d> (transaction) | 7 | – | 0.002 % | – | – | – | – | – | – |",
                        "",
                        "| error | label | first message | count |",
                        "|---|---|---|--:|",
                        "| http.500 | home | it \\| broke | 12 |");
    }

    @Test
    void invalidRunSaysWhatItWouldHaveBeen() {
        var json = ExportedRun.json().put("verdict", "INVALID").put("wouldBe", "PASSED");

        assertThat(MarkdownSummary.of(ExportedRun.document(json), PAGE))
                .startsWith("## INVALID: ")
                .contains("Without that the verdict would have been PASSED.");
    }
}
