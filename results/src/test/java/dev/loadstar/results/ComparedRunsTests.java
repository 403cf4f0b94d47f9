package dev.loadstar.results;

import java.util.List;
import java.util.Objects;

import dev.loadstar.contract.run.ComparisonDocument.Row;
import dev.loadstar.contract.run.ComparisonDocument.Significance;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ComparedRunsTests {

    private final List<RunResult> alike =
            List.of(result(run(99)), result(run(100)), result(run(101)), result(run(100)));

    @Test
    void everyFigureOfTheWholeRunAndOfEachLabelIsARow() {
        var rows = compare(run(100), run(100), alike);

        assertThat(rows.stream()
                        .map(row -> row.label() == null ? "all" : row.label())
                        .distinct())
                .containsExactly("all", "home", "visit");
        assertThat(rows.stream().filter(row -> "home".equals(row.label())))
                .extracting(Row::metric)
                .containsExactly("requests/s", "errors", "avg", "p50", "p90", "p95", "p99", "p99.9", "max");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.a()).isEqualTo(row.b());
            assertThat(row.significance()).isEqualTo(Significance.SAME);
        });
        assertThat(ComparedRuns.sentence(rows)).isEqualTo("no figure changed by more than noise explains");
    }

    @Test
    void slowerThanNoiseExplainsIsWorseAndFasterIsBetter() {
        var slower = compare(run(100), run(115), alike);
        var faster = compare(run(115), run(100), alike);

        assertThat(row(slower, "home", "p95").significance()).isEqualTo(Significance.WORSE);
        assertThat(row(slower, "home", "p95").sentence())
                .startsWith(
                        "p95 of 'home' rose from 113 ms to 130 ms (+15.0 %), which noise does not explain: 4 runs differ by ±0.8 %");
        assertThat(row(faster, "home", "p95").significance()).isEqualTo(Significance.BETTER);
        assertThat(row(slower, null, "errors").significance()).isEqualTo(Significance.SAME);
        assertThat(ComparedRuns.sentence(slower))
                .matches("\\d+ of 27 figures are worse, 0 better; most of all: .*rose.*");
    }

    @Test
    void changeWithinTheNoiseOfOtherRunsIsNone() {
        var wild = List.of(result(run(80)), result(run(100)), result(run(120)), result(run(140)));

        var p95 = row(compare(run(100), run(115), wild), "home", "p95");

        assertThat(p95.significance()).isEqualTo(Significance.SAME);
        assertThat(p95.sentence())
                .startsWith("p95 of 'home' did not change: 113 ms and 130 ms (+15.0 %); 4 runs differ by ±27");
    }

    @Test
    void withoutOtherRunsOnlyTheNumberOfSamplesSpeaks() {
        var rows = compare(run(100), run(115), List.of());

        assertThat(row(rows, "home", "p50").significance()).isEqualTo(Significance.WORSE);
        assertThat(row(rows, "home", "p50").sentence())
                .endsWith("how far runs of this test differ among themselves is not known");
        assertThat(row(rows, "home", "max").significance()).isEqualTo(Significance.UNKNOWN);
        assertThat(row(rows, "home", "max").probability()).isNull();
    }

    @Test
    void labelThatOnlyOneRunHasIsSaidToBeSo() {
        var rows = compare(run(100), run(100).samples("new", "hold", Outcome.OK, 10, 5_000), alike);

        assertThat(row(rows, "new", "p50").significance()).isEqualTo(Significance.UNKNOWN);
        assertThat(row(rows, "new", "p50").sentence())
                .isEqualTo("p50 of 'new' was measured only in the second run: 5.00 ms");
    }

    private static Row row(List<Row> rows, @Nullable String label, String metric) {
        return rows.stream()
                .filter(row ->
                        Objects.equals(row.label(), label) && row.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private static List<Row> compare(Sampled a, Sampled b, List<RunResult> comparable) {
        return new ComparedRuns(side(a), side(b), comparable).rows();
    }

    private static ComparedRuns.Side side(Sampled run) {
        var measured = run.measured();
        return new ComparedRuns.Side(new Evaluation(measured).result(), measured.totals());
    }

    private static RunResult result(Sampled run) {
        return new Evaluation(run.measured()).result();
    }

    /** 1,000 requests of 85 to 115 ms at a level of 100. */
    private static Sampled run(int level) {
        var run = new Sampled();
        for (int i = 0; i < 100; i++) {
            run.samples("home", "hold", Outcome.OK, 10, level * (850L + 3L * i));
        }
        return run.samples("visit", "hold", SampleKind.TRANSACTION, Outcome.OK, 5, level * 5_000L);
    }
}
