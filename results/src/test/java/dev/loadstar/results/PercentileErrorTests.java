package dev.loadstar.results;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import com.google.protobuf.ByteString;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.contract.wire.SeriesPoint;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

/**
 * Percentiles of any latencies that come in any parts, such as executors, seconds, labels and outcomes, are those of a full
 * sort, to 0.1 %: the value that so many percent of all samples do not exceed.
 */
class PercentileErrorTests {

    private static final double[] PERCENTILES = {0.1, 1, 10, 50, 90, 95, 99, 99.9, 100};
    private static final Series SERIES = new Series("browse", "hold", "home", SampleKind.REQUEST, Outcome.OK);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void percentilesAreThoseOfAFullSort(long seed) {
        var random = new Random(seed);
        long[] micros = latencies(random);
        var merged = new Samples();
        parts(random, micros).forEach(part -> merged.add(Samples.of(part)));
        var storedAndReadAgain = Samples.of(merged.toPoint(SERIES));

        Arrays.sort(micros);
        for (double percentile : PERCENTILES) {
            int rank = (int) Math.max(1, Math.ceil(percentile / 100 * micros.length - 1e-9));
            double exact = micros[rank - 1] / 1000.0;
            assertThat(requireNonNull(storedAndReadAgain.percentile(percentile)))
                    .as("p%s of %d", percentile, micros.length)
                    .isCloseTo(exact, withinPercentage(0.1));
            assertThat(requireNonNull(storedAndReadAgain.intendedPercentile(percentile)))
                    .isCloseTo(exact, withinPercentage(0.1));
        }
        assertThat(requireNonNull(storedAndReadAgain.latency()).max()).isEqualTo(micros[micros.length - 1] / 1000.0);
    }

    /** From a few µs to a timeout of 90 s, with one or two humps and a tail that may be anywhere between 0 and 5 %. */
    private static long[] latencies(Random random) {
        int count = 1 + random.nextInt(random.nextBoolean() ? 100 : 30_000);
        double center = 3 + random.nextDouble() * 9;
        double spread = 0.05 + random.nextDouble() * 1.5;
        double second = random.nextDouble() * 0.3;
        double tail = random.nextInt(3) * 0.025;
        return LongStream.range(0, count)
                .map(i -> {
                    double draw = random.nextDouble();
                    double hump = center + (draw < second ? 2 : 0);
                    return draw > 1 - tail
                            ? 90_000_000 + random.nextInt(20_000)
                            : Math.round(Math.min(9e7, Math.exp(hump + spread * random.nextGaussian())));
                })
                .toArray();
    }

    private static List<SeriesPoint> parts(Random random, long[] micros) {
        var shuffled = new ArrayList<>(LongStream.of(micros).boxed().toList());
        Collections.shuffle(shuffled, random);
        var parts = new ArrayList<SeriesPoint>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(2_000));
            parts.add(point(shuffled.subList(from, to)));
            from = to;
        }
        return parts;
    }

    /** As an executor makes it. */
    private static SeriesPoint point(List<Long> micros) {
        var histogram = new Histogram(Samples.LATENCY_DIGITS);
        histogram.setAutoResize(true);
        micros.forEach(histogram::recordValue);
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        histogram.encodeIntoByteBuffer(buffer);
        var bytes = ByteString.copyFrom(buffer.flip());
        return SeriesPoint.newBuilder()
                .setCount(micros.size())
                .setSumMicros(micros.stream().mapToLong(one -> one).sum())
                .setMinMicros(Collections.min(micros))
                .setMaxMicros(Collections.max(micros))
                .setService(bytes)
                .setIntended(bytes)
                .build();
    }
}
