package dev.loadstar.cli;

import java.time.Instant;
import java.util.List;

import dev.loadstar.contract.run.LiveView;
import dev.loadstar.contract.run.LiveView.Figures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LiveLineTests {

    @Test
    void lineShowsStageTimeBarUsersRateLatencyAndErrors() {
        assertThat(LiveLine.of(view(41_000, 60_000L, 20), 120))
                .isEqualTo(
                        "steady  0:41 of 1:00   ███████████████          users 20  1,148 req/s  p95 41.2 ms  errors 0.02 %");
    }

    @Test
    void plannedUsersAreShownWhileTheyAreNotReached() {
        assertThat(LiveLine.of(view(1_000, 60_000L, 12), 120)).contains("users 12 of 20");
    }

    @Test
    void narrowTerminalShortensTheBarAndThenDropsIt() {
        assertThat(LiveLine.of(view(30_000, 60_000L, 20), 85))
                .hasSizeLessThan(85)
                .contains("█");
        assertThat(LiveLine.of(view(30_000, 60_000L, 20), 70)).doesNotContain("█");
    }

    @Test
    void loadOfAScriptHasNoEndToShow() {
        assertThat(LiveLine.of(view(41_000, null, 20), 120))
                .isEqualTo("steady  0:41   users 20  1,148 req/s  p95 41.2 ms  errors 0.02 %");
    }

    @Test
    void barFillsInEighths() {
        assertThat(LiveLine.bar(0, 4)).isEqualTo("    ");
        assertThat(LiveLine.bar(0.5 + 1.0 / 32, 4)).isEqualTo("██▏ ");
        assertThat(LiveLine.bar(1.2, 4)).isEqualTo("████");
    }

    @Test
    void openLoadTellsItsArrivalsInPlaceOfUsers() {
        var view = view(41_000, 60_000L, 12);
        var open = new LiveView(
                view.runId(),
                view.project(),
                view.number(),
                view.second(),
                view.elapsedMs(),
                view.plannedMs(),
                view.stage(),
                null,
                view.recent(),
                view.total(),
                List.of(),
                List.of(),
                new LiveView.ArrivalFigures(100, 98, 2, 0, 1_204, 0));

        assertThat(LiveLine.of(open, LiveLine.WITHOUT_BAR))
                .isEqualTo(
                        "steady  0:41 of 1:00   arrivals 98 of 100/s, 1,204 dropped  1,148 req/s  p95 41.2 ms  errors 0.02 %");
    }

    private static LiveView view(long elapsed, @Nullable Long planned, double users) {
        return new LiveView(
                "01JD",
                "default",
                1,
                Instant.EPOCH,
                elapsed,
                planned,
                "steady",
                20.0,
                new Figures(1148, 0, 1148.2, users, 20.0, 41.2, 90.0, null),
                new Figures(50_000, 10, 1140.0, users, 21.0, 44.0, 91.0, null),
                List.of(),
                List.of(),
                null);
    }
}
