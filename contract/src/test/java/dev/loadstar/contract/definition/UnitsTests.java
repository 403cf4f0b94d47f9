package dev.loadstar.contract.definition;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnitsTests {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "90s,PT1M30S", "2m,PT2M", "1h30m,PT1H30M", "1.5s,PT1.5S", "0s,PT0S", "1m500ms,PT1M0.5S"
    })
    void durationIsTheSumOfItsParts(String text, Duration expected) {
        assertThat(Units.duration(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "30 s", "s", "-1s", "1s2m", "1d", "1.s", "٣s", "1h30", "99999999999s"})
    void durationWithoutOneOfItsUnitsIsRefused(String text) {
        assertThatThrownBy(() -> Units.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a duration such as");
    }

    @Test
    void durationIsWrittenAsItIsRead() {
        assertThat(Units.text(Duration.ofMillis(5_400_250))).isEqualTo("1h30m250ms");
        assertThat(Units.text(Duration.ZERO)).isEqualTo("0s");
        assertThat(List.of(
                        Units.rateText(100),
                        Units.rateText(0.5),
                        Units.rateText(Units.rate("10/m")),
                        Units.rateText(0)))
                .containsExactly("100/s", "0.5/s", "10/m", "0/s");
    }

    @ParameterizedTest
    @CsvSource({"100/s,100", "600/m,10", "3600/h,1", "0.5/s,0.5"})
    void rateIsPerSecond(String text, double expected) {
        assertThat(Units.rate(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1%,0.01", "99.9%,0.999", "0%,0", "100%,1"})
    void shareIsAFractionOfOne(String text, double expected) {
        assertThat(Units.share(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0.01", "1 %", "-1%"})
    void shareWithoutPercentIsRefused(String text) {
        assertThatThrownBy(() -> Units.share(text)).hasMessage("\"" + text + "\" is not a share such as 1% or 99.9%");
    }
}
