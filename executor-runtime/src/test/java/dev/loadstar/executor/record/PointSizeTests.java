package dev.loadstar.executor.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SampleKind;
import dev.loadstar.executor.tool.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one series costs in a second, compressed as on the wire, with latencies that are spread as widely as those of a
 * busy web site.
 */
class PointSizeTests {

    private static final int MOST = 4096;

    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 500, 5_000, 20_000})
    void pointStaysBelow4KilobytesAtAnyRate(int perSecond) throws IOException {
        assertThat(bytes(perSecond)).isLessThanOrEqualTo(MOST);
    }

    @Test
    void hundredTimesTheRateCostsLessThan25TimesTheBytes() throws IOException {
        assertThat(bytes(5_000)).isLessThan(25 * bytes(50));
    }

    private int bytes(int perSecond) throws IOException {
        var second = new SeriesSecond();
        for (int i = 0; i < perSecond; i++) {
            second.add(sample(), 0, false);
        }
        var series = new Series("steady", "add to cart", SampleKind.REQUEST, Outcome.OK);
        var wire = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(wire)) {
            second.toPoint("browse and buy", series, SeriesSecond.Encoders.create())
                    .writeTo(gzip);
        }
        return wire.size();
    }

    /** Median 25 ms, 95 % below 95 ms, 99 % below 160 ms; the first byte comes a little earlier. */
    private Sample sample() {
        long micros = (long) (5_000 + 20_000 * Math.exp(0.8 * random.nextGaussian()));
        long ttfb = (long) (micros * (0.8 + 0.2 * random.nextDouble()));
        return new Sample("add to cart", Sample.Kind.REQUEST, 0, -1, micros, ttfb, -1, 15_000, 300, null, null);
    }
}
