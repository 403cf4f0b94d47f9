package dev.loadstar.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.run.LiveView.ExecutorFigures;
import dev.loadstar.contract.run.LiveView.Figures;
import dev.loadstar.contract.run.LiveView.LabelFigures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DashboardTests {

    private static final String LINK = "http://127.0.0.1:8080/projects/default/runs/42";
    private static final String NOTE = "Ctrl-C leaves; the run goes on.";

    @Test
    void wholeTerminalShowsLoadFiguresCurvesLabelsAndExecutors() {
        assertThat(picture(80, 24, view(41, 2, 2), null)).isEqualTo("""
                smoke #42  steady  0:41 of 1:00   ███████████████████████████▍
                http://127.0.0.1:8080/projects/default/runs/42

                                requests   planned   users   req/s    p95   p99 ms   errors
                  this second      1,148        20      20   1,148   41.2     90.0   0.00 %
                  so far          50,000                     1,140   44.0     91.0   0.02 %

                  req/s    ▁▁▂▂▃▃▃▄▄▅▅▆▆▆▇▇█████████████████████████                 up to 1,148
                  p95 ms   ▁▁▁▁▂▂▂▂▂▂▃▃▃▃▃▄▄▄▄▄▅▅▅▅▅▆▆▆▆▆▇▇▇▇▇██████                  up to 41.2

                  label                           req/s    p50    p95   p99 ms   errors
                  list products 1                   570   20.5   43.0     90.5   0.02 %
                  list products 2 (transaction)     570   20.5   43.0     90.5   0.02 %

                  executor   requests   req/s   users    cpu     heap   gc ms   lag ms
                  1            25,000     574      10   61 %   212 MB       4     1.20
                  2            25,000     574      10   61 %   212 MB       4     1.20

                Ctrl-C leaves; the run goes on.""");
    }

    @Test
    void narrowTerminalLeavesColumnsOut() {
        assertThat(picture(40, 18, view(41, 2, 2), null)).isEqualTo("""
                smoke #42  steady  0:41 of 1:00   ████▏
                http://127.0.0.1:8080/projects/default/…

                                req/s    p95   errors
                  this second   1,148   41.2   0.00 %
                  so far        1,140   44.0   0.02 %

                  label            req/s    p95   errors
                  list products…     570   43.0   0.02 %
                  list products…     570   43.0   0.02 %

                  executor   req/s   users    cpu
                  1            574      10   61 %
                  2            574      10   61 %

                Ctrl-C leaves; the run goes on.""");
    }

    @Test
    void beforeTheLoadItSaysWhatItWaitsFor() {
        assertThat(String.join(
                        "\n",
                        new Dashboard(
                                        new Display.Moment(
                                                Samples.document(Samples.status("PROVISIONING")),
                                                null,
                                                Duration.ofSeconds(3),
                                                null),
                                        List.of(),
                                        new Look.Size(80, 24),
                                        new Paint(false))
                                .lines(LINK, NOTE)))
                .isEqualTo("""
                        smoke #42  starting executors …  0:03
                        http://127.0.0.1:8080/projects/default/runs/42

                        Ctrl-C leaves; the run goes on.""");
    }

    @Test
    void silentServerIsToldInTheLastLine() {
        assertThat(picture(80, 24, view(41, 1, 1), Duration.ofSeconds(12)))
                .endsWith("\n\nthe server does not answer, trying again …  0:12");
    }

    @ParameterizedTest
    @CsvSource({"120, 40", "80, 24", "60, 20", "40, 15", "40, 10", "30, 5", "20, 5"})
    void pictureNeverExceedsTheTerminal(int columns, int rows) {
        var lines = picture(columns, rows, view(41, 40, 30), null).lines().toList();

        assertThat(lines).hasSizeLessThanOrEqualTo(rows).allMatch(line -> line.length() <= columns);
    }

    @Test
    void whatHasNoRoomIsCounted() {
        assertThat(picture(80, 24, view(41, 40, 2), null)).containsPattern("  … and 3\\d more\n");
    }

    private static String picture(int columns, int rows, LiveView view, @Nullable Duration silence) {
        var run = Samples.document(Samples.status("RUNNING"));
        var history = new ArrayList<LiveView>();
        IntStream.range(1, 41).forEach(second -> history.add(view(second, 1, 1)));
        history.add(view);
        return String.join(
                "\n",
                new Dashboard(
                                new Display.Moment(run, view, Duration.ofSeconds(50), silence),
                                history,
                                new Look.Size(columns, rows),
                                new Paint(false))
                        .lines(LINK, NOTE));
    }

    private static LiveView view(int second, int labels, int executors) {
        double rate = Math.min(1148.2, second * 60.0);
        return new LiveView(
                "01JD",
                "default",
                42,
                Instant.EPOCH.plusSeconds(second),
                second * 1000L,
                60_000L,
                "steady",
                20.0,
                new Figures(1148, 0, rate, 20.0, 20.0, second + 0.2, 90.0, null),
                new Figures(50_000, 10, 1140.0, 20.0, 21.0, 44.0, 91.0, null),
                IntStream.rangeClosed(1, labels)
                        .mapToObj(n -> new LabelFigures(
                                "browse",
                                "list products " + n,
                                n == 2 ? "transaction" : "request",
                                new Figures(25_000, 5, 570.0, null, 20.5, 43.0, 90.5, null)))
                        .toList(),
                IntStream.rangeClosed(1, executors)
                        .mapToObj(n -> new ExecutorFigures(
                                n, 25_000, 574.1, 10, 0.614, 212L << 20, 4, 1.204, 1_200_000L, 300_000L))
                        .toList(),
                null);
    }
}
