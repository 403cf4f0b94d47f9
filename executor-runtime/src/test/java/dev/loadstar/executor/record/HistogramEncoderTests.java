package dev.loadstar.executor.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class HistogramEncoderTests {

    private final HistogramEncoder encoder = new HistogramEncoder(3);

    @Test
    void quantilesAreThoseOfSortedDurationsWithinATenthOfAPercent() {
        var random = new Random(7);
        long[] micros = random.doubles(20_000)
                .mapToLong(u -> (long) (200 * Math.pow(10, 4 * u)))
                .toArray();
        Histogram decoded = roundTrip(micros);
        Arrays.sort(micros);

        assertThat(decoded.getTotalCount()).isEqualTo(micros.length);
        for (double percent : new double[] {50, 90, 95, 99, 99.9, 100}) {
            long exact = micros[(int) Math.ceil(percent / 100 * micros.length) - 1];
            assertThat((double) decoded.getValueAtPercentile(percent))
                    .isCloseTo((double) exact, within(exact / 1_000.0 + 1));
        }
    }

    @Test
    void anHourIsTheLongestDurationAndNothingIsNegative() {
        Histogram decoded = roundTrip(-5, 0, 7_200_000_000L);

        assertThat(decoded.getMinValue()).isZero();
        assertThat((double) decoded.getMaxValue()).isCloseTo(3.6e9, within(3.6e6));
    }

    @Test
    void readersHistogramIsNoLargerThanNeeded() {
        roundTrip(3_600_000_000L);

        assertThat(roundTrip(1_000).getHighestTrackableValue()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void oneSampleTakesFewBytesAndNoneTakesNothing() {
        var one = new Durations();
        one.add(12_345);

        assertThat(encoder.encode(one).size()).isLessThan(50);
        assertThat(encoder.encode(new Durations()).isEmpty()).isTrue();
    }

    private Histogram roundTrip(long... micros) {
        var durations = new Durations();
        Arrays.stream(micros).forEach(durations::add);
        return Histogram.decodeFromByteBuffer(
                ByteBuffer.wrap(encoder.encode(durations).toByteArray()), 0);
    }
}
