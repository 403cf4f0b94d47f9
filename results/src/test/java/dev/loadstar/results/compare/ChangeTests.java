package dev.loadstar.results.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.loadstar.results.compare.BaselineLimit.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ChangeTests {

    private static final int PAIRS = 1_000;
    private static final double RUN_TO_RUN = 0.015;
    private static final double WITHIN_RUN = 0.003;

    private final Random random = new Random(20_261_121);

    @Test
    void atMost25OfAThousandUnchangedRunsAreTakenForChanged() {
        long noiseAlone = count(1.0, change -> change.probabilityOfRise() <= BaselineLimit.LEVEL);
        long breaches = breaches(1.0, new BaselineLimit(0.05, 0));

        assertThat(noiseAlone).isLessThanOrEqualTo(25);
        assertThat(breaches).isLessThanOrEqualTo(5);
    }

    @Test
    void atLeast900OfAThousandRunsThatAreTenPercentSlowerAreFound() {
        long noiseAlone = count(1.1, change -> change.probabilityOfRise() <= BaselineLimit.LEVEL);
        long breaches = breaches(1.1, new BaselineLimit(0.05, 0));

        assertThat(noiseAlone).isGreaterThanOrEqualTo(900);
        assertThat(breaches).isGreaterThanOrEqualTo(900);
    }

    @Test
    void changeOfTheSizeOfTheLimitItselfIsFoundHalfOfTheTime() {
        assertThat(breaches(1.1, new BaselineLimit(0.1, 0))).isBetween(400L, 600L);
    }

    @Test
    void smallestChangeThatIsNamedIsFoundNineTimesOutOfTen() {
        double smallest = 0;
        for (int i = 0; i < PAIRS; i++) {
            smallest += pair(1.0, 20).smallestFound(BaselineLimit.LEVEL, 0.05) / PAIRS;
        }

        assertThat(smallest).isBetween(0.06, 0.08);
        assertThat(breaches(1 + smallest, new BaselineLimit(0.05, 0), 20)).isBetween(850L, 950L);
    }

    @Test
    void fallIsFoundAsARiseIs() {
        assertThat(breaches(0.9, new BaselineLimit(-0.05, 0))).isGreaterThanOrEqualTo(900);
        assertThat(breaches(1.1, new BaselineLimit(-0.05, 0))).isZero();
    }

    @Test
    void fewerThanThreeRunsAreNeverABreach() {
        var change = Change.of(Figure.exactly(500), figures(100, 101), List.of(100.0, 101.0));

        var limit = new BaselineLimit(0.1, 15);

        assertThat(limit.judge(change)).isEqualTo(Outcome.SUSPECTED);
        assertThat(limit.reason(change, "2 runs"))
                .isEqualTo("+397.5 % against 2 runs; with 2 runs nobody can tell a change from noise, 3 are needed");
    }

    @Test
    void changeBelowTheAbsoluteFloorIsNoBreach() {
        var change = Change.of(Figure.exactly(3), figures(1, 1.01, 0.99), List.of(1.0, 1.01, 0.99));

        assertThat(new BaselineLimit(0.1, 15).judge(change)).isEqualTo(Outcome.HOLDS);
        assertThat(new BaselineLimit(0.1, 1.5).judge(change)).isEqualTo(Outcome.BREACHED);
    }

    @Test
    void runsThatDifferMuchExplainALargeChange() {
        var change = Change.of(Figure.exactly(130), figures(80, 100, 120), List.of(80.0, 100.0, 120.0));

        var limit = new BaselineLimit(0.1, 15);

        assertThat(limit.judge(change)).isEqualTo(Outcome.HOLDS);
        assertThat(limit.reason(change, "the median of 3 runs"))
                .startsWith(
                        "+30.0 % against the median of 3 runs; 3 runs differ by ±22.5 % among themselves, which may explain it");
    }

    @Test
    void fewSamplesExplainWhatTheSpreadOfRunsDoesNot() {
        var runs = List.of(99.0, 100.0, 101.0, 100.5, 99.5);
        var reference = runs.stream().map(Figure::exactly).toList();

        assertThat(Change.of(new Figure(112, 0.5), reference, runs).probabilityOfRise())
                .isLessThan(0.001);
        assertThat(Change.of(new Figure(112, 12), reference, runs).probabilityOfRise())
                .isGreaterThan(0.1);
    }

    @Test
    void oneReferenceRunTakesItsNoiseFromTheRunsBesideIt() {
        var runs = List.of(99.0, 100.0, 101.0, 100.5, 99.5);

        var change = Change.of(Figure.exactly(112), figures(100), runs);

        assertThat(change.before()).isEqualTo(100);
        assertThat(change.relative()).isCloseTo(0.12, within(1e-9));
        assertThat(new BaselineLimit(0.05, 0).judge(change)).isEqualTo(Outcome.BREACHED);
    }

    @Test
    void somethingOutOfNothingIsAChange() {
        var nothing = List.of(0.0, 0.0, 0.0);
        var change = Change.of(Figure.exactly(0.02), figures(0, 0, 0), nothing);

        assertThat(new BaselineLimit(0.1, 0.01).judge(change)).isEqualTo(Outcome.BREACHED);
        assertThat(new BaselineLimit(0.1, 0.05).judge(change)).isEqualTo(Outcome.HOLDS);
        assertThat(new BaselineLimit(0.1, 0.01).reason(change, "the median of 3 runs"))
                .isEqualTo(
                        "something out of nothing against the median of 3 runs; 3 runs differ by ±0.0 % among themselves,"
                                + " which does not explain it");
    }

    @Test
    void nothingThatStaysNothingIsNoChange() {
        var change = Change.of(Figure.exactly(0), figures(0, 0, 0), List.of(0.0, 0.0, 0.0));

        assertThat(change.relative()).isZero();
        assertThat(change.probability()).isEqualTo(1);
        assertThat(new BaselineLimit(0.1, 0).judge(change)).isEqualTo(Outcome.HOLDS);
    }

    private interface Finding {
        boolean in(Change change);
    }

    private long breaches(double level, BaselineLimit limit) {
        return breaches(level, limit, 5);
    }

    private long breaches(double level, BaselineLimit limit, int runs) {
        return IntStream.range(0, PAIRS)
                .filter(i -> limit.judge(pair(level, runs)) == Outcome.BREACHED)
                .count();
    }

    private long count(double level, Finding finding) {
        return IntStream.range(0, PAIRS).filter(i -> finding.in(pair(level, 5))).count();
    }

    /** A run at that level of 200 ms against others at 200 ms. */
    private Change pair(double level, int runs) {
        var baseline = new ArrayList<Figure>();
        for (int i = 0; i < runs; i++) {
            baseline.add(run(200));
        }
        return Change.of(
                run(200 * level), baseline, baseline.stream().map(Figure::value).toList());
    }

    private Figure run(double level) {
        double value =
                level * Math.exp(RUN_TO_RUN * random.nextGaussian()) * Math.exp(WITHIN_RUN * random.nextGaussian());
        return new Figure(value, WITHIN_RUN * value);
    }

    private static List<Figure> figures(double... values) {
        return Arrays.stream(values).mapToObj(Figure::exactly).toList();
    }
}
