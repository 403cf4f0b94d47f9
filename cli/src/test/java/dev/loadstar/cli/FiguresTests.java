package dev.loadstar.cli;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FiguresTests {

    @Test
    void latencyHasDigitsOnlyWhereTheyMeanSomething() {
        assertThat(Figures.millis(0.611)).isEqualTo("0.61");
        assertThat(Figures.millis(9.94)).isEqualTo("9.94");
        assertThat(Figures.millis(9.996)).isEqualTo("10.0");
        assertThat(Figures.millis(214.4)).isEqualTo("214");
        assertThat(Figures.millis(12_345.6)).isEqualTo("12,346");
        assertThat(Figures.millis(null)).isEqualTo("–");
    }

    @Test
    void clockShowsHoursOnceThereAreSome() {
        assertThat(Figures.clock(Duration.ofSeconds(41))).isEqualTo("0:41");
        assertThat(Figures.clock(Duration.ofSeconds(3_723))).isEqualTo("1:02:03");
    }

    @Test
    void runsAreNamedByNumberAndProject() {
        assertThat(RunRef.parse("42")).isEqualTo(new RunRef("default", 42));
        assertThat(RunRef.parse("#7")).isEqualTo(new RunRef("default", 7));
        assertThat(RunRef.parse("payments/42"))
                .isEqualTo(new RunRef("payments", 42))
                .hasToString("payments/42");
        assertThatThrownBy(() -> RunRef.parse("../1")).isInstanceOf(CliError.class);
    }
}
