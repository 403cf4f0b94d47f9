package dev.loadstar.results;

import java.nio.ByteBuffer;
import java.util.Random;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SparseHistogramTests {

    private static final double[] PERCENTILES = {0, 0.001, 1, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 99.999, 100};

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void mergedQuantilesEqualThoseOfHdrHistogram(int digits) {
        var random = new Random(4);
        var oracle = new Histogram(digits);
        var merged = SparseHistogram.ofDigits(digits);
        for (int part = 0; part < 300; part++) {
            var recorded = recorded(random, digits, part % 40);
            oracle.add(recorded);
            merged.add(SparseHistogram.decode(encoded(recorded)));
        }

        assertSame(merged, oracle);
    }

    @Test
    void encodedIsReadableByHdrHistogramAndByItself() {
        var recorded = recorded(new Random(7), 3, 5_000);
        var sparse = SparseHistogram.decode(encoded(recorded));

        var byHdr = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(sparse.encode()), 0);

        assertSame(SparseHistogram.decode(ByteBuffer.wrap(sparse.encode())), byHdr);
        assertSame(sparse, recorded);
    }

    @Test
    void encodedBytesAreThoseOfHdrHistogram() {
        var histogram = new Histogram(1, 90_000_000, 3);
        histogram.recordValueWithCount(3, 1L << 40);
        histogram.recordValue(4);
        histogram.recordValue(90_000_000);
        var theirs = new byte[encoded(histogram).remaining()];
        encoded(histogram).get(theirs);

        var ours = SparseHistogram.decode(ByteBuffer.wrap(theirs)).encode();

        assertThat(ByteBuffer.wrap(ours, 40, ours.length - 40).slice())
                .isEqualTo(ByteBuffer.wrap(theirs, 40, theirs.length - 40).slice());
    }

    @Test
    void recordingGivesTheBucketsOfHdrHistogram() {
        var oracle = new Histogram(3);
        var sparse = SparseHistogram.ofDigits(3);
        new Random(1).longs(2_000, 0, 200_000_000).forEach(value -> {
            oracle.recordValue(value);
            sparse.record(value, 1);
        });

        assertSame(sparse, oracle);
    }

    @Test
    void emptyOneHasNoValues() {
        var empty = SparseHistogram.decode(
                ByteBuffer.wrap(SparseHistogram.ofDigits(3).encode()));

        assertThat(empty.isEmpty()).isTrue();
        assertThat(empty.valueAtPercentile(99)).isZero();
        assertThat(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(empty.encode()), 0)
                        .getTotalCount())
                .isZero();
    }

    @Test
    void histogramsOfOtherPrecisionAreNotAdded() {
        assertThatThrownBy(() -> SparseHistogram.ofDigits(3).add(SparseHistogram.ofDigits(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void strangersBytesAreRefusedOrReadButNeverCrash() {
        var random = new Random(9);
        var encoded = encoded(recorded(random, 3, 50));
        byte[] good = new byte[encoded.remaining()];
        encoded.get(good);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(4); k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(bad.length + 1);
            try {
                assertThat(SparseHistogram.decode(ByteBuffer.wrap(bad, 0, length))
                                .total())
                        .isNotNegative();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("");
            }
        }
    }

    private static void assertSame(SparseHistogram actual, Histogram expected) {
        assertThat(actual.total()).isEqualTo(expected.getTotalCount());
        for (double percentile : PERCENTILES) {
            assertThat(actual.valueAtPercentile(percentile))
                    .as("p%s", percentile)
                    .isEqualTo(expected.getValueAtPercentile(percentile));
        }
        assertThat(actual.mean()).isCloseTo(expected.getMean(), within(1e-6));
        assertThat(actual.standardDeviation()).isCloseTo(expected.getStdDeviation(), within(1e-6));
    }

    /** Latencies as they come: a log-normal body, a few failures at once and a tail at a timeout of 90 s. */
    private static Histogram recorded(Random random, int digits, int samples) {
        var histogram = new Histogram(digits);
        histogram.setAutoResize(true);
        for (int i = 0; i < samples; i++) {
            double draw = random.nextDouble();
            long body = (long) Math.exp(9 + random.nextGaussian());
            long value = draw < 0.02 ? 90_000_000 + random.nextInt(5_000) : draw < 0.04 ? 0 : body;
            histogram.recordValueWithCount(value, 1 + random.nextInt(3));
        }
        return histogram;
    }

    private static ByteBuffer encoded(Histogram histogram) {
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(buffer);
        return buffer.flip();
    }
}
