package dev.loadstar.executor.load;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PacingGridTests {

    private final PacingGrid grid = new PacingGrid();

    @Test
    void gridBeginsWithTheFirstIterationAndGoesOnFromItsPoints() {
        assertThat(grid.next(10)).isNegative();
        assertThat(grid.begin(7, 10)).isEqualTo(7);
        assertThat(grid.next(10)).isEqualTo(17);
        assertThat(grid.begin(18, 10)).as("begun a little late").isEqualTo(17);
        assertThat(grid.next(10)).isEqualTo(27);
    }

    @Test
    void ofThePointsThatALongIterationCoveredOnlyTheLastIsMadeUpFor() {
        grid.begin(0, 10);

        assertThat(grid.next(10)).isEqualTo(10);
        assertThat(grid.begin(35, 10)).isEqualTo(30);
        assertThat(grid.next(10)).isEqualTo(40);
    }

    @Test
    void withoutAnIntervalIterationsAreAlwaysDue() {
        grid.begin(5, 0);

        assertThat(grid.next(0)).isNegative();
        assertThat(grid.begin(9, 0)).isEqualTo(9);
    }
}
