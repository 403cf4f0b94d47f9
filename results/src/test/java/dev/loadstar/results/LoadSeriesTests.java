package dev.loadstar.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.results.LoadSeries.StageSecond;
import dev.loadstar.results.RunTables.ArrivalRow;
import org.junit.jupiter.api.Test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The load of {@link Sampled} begins 400 ms after a whole second. */
class LoadSeriesTests {

    private static final long FIRST = Sampled.START / 1000;

    @Test
    void usersOfEachSecondAddUpToTheLoadDeliveredOfEachStage() {
        var measured = new Sampled().delivering(0.9).measured();

        var seconds = LoadSeries.of(measured.run(), measured.seconds(), List.of());

        var stages = new Evaluation(measured).result().stages();
        assertThat(delivered(seconds, "ramp") / planned(seconds, "ramp"))
                .isCloseTo(requireNonNull(stages.getFirst().loadDelivered()), within(1e-6));
        assertThat(delivered(seconds, "hold") / planned(seconds, "hold"))
                .isCloseTo(requireNonNull(stages.getLast().loadDelivered()), within(1e-6));
        assertThat(planned(seconds, "hold")).isCloseTo(80, within(1e-6));
        assertThat(seconds).extracting(StageSecond::unit).containsOnly("users");
    }

    @Test
    void secondInWhichAStageFollowsAnotherIsDividedBetweenBoth() {
        var measured = new Sampled().measured();

        var seconds = LoadSeries.of(measured.run(), measured.seconds(), List.of());

        var border =
                seconds.stream().filter(second -> second.second() == FIRST + 2).toList();
        assertThat(border).extracting(StageSecond::stage).containsExactly("ramp", "hold");
        assertThat(border.getLast().planned()).isCloseTo(6, within(1e-6));
        assertThat(border.stream().mapToDouble(StageSecond::delivered).sum()).isCloseTo(9.6, within(1e-6));
    }

    @Test
    void arrivalsOfEachSecondAddUpToThePlannedOnesAlsoAfterAChange() {
        var changed = new Load.Open(
                0,
                List.of(
                        new Load.RateStage("ramp", Duration.ofSeconds(2), 100, Load.Shape.RAMP, false),
                        new Load.RateStage("hold", Duration.ofSeconds(4), 100, Load.Shape.HOLD, true),
                        new Load.RateStage("hold", Duration.ofSeconds(4), 50, Load.Shape.JUMP, true)),
                Load.Arrivals.EVEN,
                7,
                500,
                Duration.ZERO);
        var measured = new Sampled().with(changed).measured();
        var rows = new ArrayList<ArrivalRow>();
        for (int i = 0; i < 11; i++) {
            rows.add(new ArrivalRow("browse", i < 2 ? "ramp" : "hold", FIRST + i, 10L * i, 0, 0));
        }

        var points = LoadSeries.points(LoadSeries.of(measured.run(), measured.seconds(), rows), 1);

        assertThat(points.stream().mapToDouble(LoadPoint::planned).sum()).isEqualTo(700);
        assertThat(points.stream()
                        .filter(point -> point.stage().equals("hold"))
                        .mapToDouble(LoadPoint::planned)
                        .sum())
                .isEqualTo(600);
        assertThat(points)
                .filteredOn(point -> point.second().getEpochSecond() == FIRST + 5)
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.unit()).isEqualTo("arrivals");
                    assertThat(point.planned()).isEqualTo(100);
                    assertThat(point.delivered()).isEqualTo(50);
                });
        assertThat(points.stream()
                        .filter(point -> point.second().getEpochSecond() == FIRST + 6)
                        .mapToDouble(LoadPoint::planned)
                        .sum())
                .as("40 before the change in the middle of the second, 30 after it")
                .isEqualTo(70);
    }

    @Test
    void pacedUsersArePlannedToBeginOneIterationPerInterval() {
        var paced = new Load.Closed(
                10,
                List.of(new Load.Stage("hold", Duration.ofSeconds(10), 10, Load.Shape.HOLD, true)),
                Duration.ofMillis(500),
                null,
                Duration.ZERO);
        var measured = new Sampled().with(paced).measured();
        var rows = List.of(new ArrivalRow("browse", "hold", FIRST + 3, 19, 0, 0));

        var points = LoadSeries.points(LoadSeries.of(measured.run(), measured.seconds(), rows), 1);

        assertThat(points.get(3))
                .isEqualTo(new LoadPoint(points.get(3).second(), "browse", "hold", "iterations", 20, 19));
    }

    @Test
    void coarserIntervalsAreMeansOfTheirSeconds() {
        var measured = new Sampled().measured();
        var seconds = LoadSeries.of(measured.run(), measured.seconds(), List.of());

        var points = LoadSeries.points(seconds, 60);

        assertThat(points.stream().mapToDouble(LoadPoint::planned).sum() * 60)
                .isCloseTo(seconds.stream().mapToDouble(StageSecond::planned).sum(), within(2.0));
    }

    private static double planned(List<StageSecond> seconds, String stage) {
        return seconds.stream()
                .filter(second -> second.stage().equals(stage))
                .mapToDouble(StageSecond::planned)
                .sum();
    }

    private static double delivered(List<StageSecond> seconds, String stage) {
        return seconds.stream()
                .filter(second -> second.stage().equals(stage))
                .mapToDouble(StageSecond::delivered)
                .sum();
    }
}
