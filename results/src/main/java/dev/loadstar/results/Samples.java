package dev.loadstar.results;

import java.util.function.DoubleUnaryOperator;

import com.google.protobuf.ByteString;
import dev.loadstar.contract.run.Latency;
import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SeriesPoint;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a set of samples: exact counts, sums and extremes, and histograms. Sets add up in any order. Latency
 * is {@code service}, from the actual send to the completion, unless another name is said. Not safe for several threads.
 */
public final class Samples {

    /** Significant digits of {@code service} and {@code intended}. */
    public static final int LATENCY_DIGITS = 3;

    /** Significant digits of {@code ttfb} and {@code connect}. */
    public static final int PART_DIGITS = 2;

    private long count;
    private long errors;
    private long sumMicros;
    private double sumSquaresMicros;
    private long minMicros = Long.MAX_VALUE;
    private long maxMicros;
    private long bytesReceived;
    private long bytesSent;
    private final SparseHistogram service = SparseHistogram.ofDigits(LATENCY_DIGITS);
    private final SparseHistogram intended = SparseHistogram.ofDigits(LATENCY_DIGITS);
    private final SparseHistogram ttfb = SparseHistogram.ofDigits(PART_DIGITS);
    private final SparseHistogram connect = SparseHistogram.ofDigits(PART_DIGITS);

    public Samples() {}

    /** @throws IllegalArgumentException if the point's numbers cannot be; nothing else has checked them before */
    public static Samples of(SeriesPoint point) {
        boolean possible = point.getCount() >= 0
                && point.getSumMicros() >= 0
                && point.getSumSquaresMicros() >= 0
                && point.getMinMicros() >= 0
                && point.getMinMicros() <= point.getMaxMicros()
                && point.getBytesReceived() >= 0
                && point.getBytesSent() >= 0;
        if (!possible) {
            throw new IllegalArgumentException("a point has negative or contradicting numbers");
        }
        var samples = new Samples();
        samples.take(point);
        addTo(samples.service, point.getService());
        addTo(samples.intended, point.getIntended());
        addTo(samples.ttfb, point.getTtfb());
        addTo(samples.connect, point.getConnect());
        return samples;
    }

    private void take(SeriesPoint point) {
        count = point.getCount();
        errors = point.getOutcome() == Outcome.ERROR ? count : 0;
        sumMicros = point.getSumMicros();
        sumSquaresMicros = point.getSumSquaresMicros();
        if (count > 0) {
            minMicros = point.getMinMicros();
            maxMicros = point.getMaxMicros();
        }
        bytesReceived = point.getBytesReceived();
        bytesSent = point.getBytesSent();
    }

    private static void addTo(SparseHistogram histogram, ByteString bytes) {
        if (!bytes.isEmpty()) {
            histogram.add(SparseHistogram.decode(bytes.asReadOnlyByteBuffer()));
        }
    }

    public void add(Samples other) {
        count += other.count;
        errors += other.errors;
        sumMicros += other.sumMicros;
        sumSquaresMicros += other.sumSquaresMicros;
        minMicros = Math.min(minMicros, other.minMicros);
        maxMicros = Math.max(maxMicros, other.maxMicros);
        bytesReceived += other.bytesReceived;
        bytesSent += other.bytesSent;
        service.add(other.service);
        intended.add(other.intended);
        ttfb.add(other.ttfb);
        connect.add(other.connect);
    }

    /** The same numbers as a point of that series: the form in which they are stored. */
    public SeriesPoint toPoint(Series series) {
        return SeriesPoint.newBuilder()
                .setScenario(series.scenario())
                .setStage(series.stage())
                .setLabel(series.label())
                .setKind(series.kind())
                .setOutcome(series.outcome())
                .setCount(count)
                .setSumMicros(sumMicros)
                .setSumSquaresMicros(sumSquaresMicros)
                .setMinMicros(count == 0 ? 0 : minMicros)
                .setMaxMicros(maxMicros)
                .setBytesReceived(bytesReceived)
                .setBytesSent(bytesSent)
                .setService(ByteString.copyFrom(service.encode()))
                .setIntended(encode(intended))
                .setTtfb(encode(ttfb))
                .setConnect(encode(connect))
                .build();
    }

    private static ByteString encode(SparseHistogram histogram) {
        return histogram.isEmpty() ? ByteString.EMPTY : ByteString.copyFrom(histogram.encode());
    }

    public long count() {
        return count;
    }

    public long errors() {
        return errors;
    }

    long bytesReceived() {
        return bytesReceived;
    }

    long bytesSent() {
        return bytesSent;
    }

    /** Errors over samples, null without a sample. */
    @Nullable
    Double errorRatio() {
        return count == 0 ? null : (double) errors / count;
    }

    /**
     * Latency quantile in milliseconds: that of the merged histogram, but never outside of what was really measured.
     *
     * @return null without a sample
     */
    public @Nullable Double percentile(double percentile) {
        return count == 0 || service.isEmpty()
                ? null
                : Digits.millis(Math.clamp(service.valueAtPercentile(percentile), minMicros, maxMicros));
    }

    /** Mean in ms from the exact sum. */
    double average() {
        return Digits.millis((double) sumMicros / count);
    }

    double min() {
        return Digits.millis(minMicros);
    }

    double max() {
        return Digits.millis(maxMicros);
    }

    /** Standard deviation of these samples, not an estimate for others, in ms from the exact sums. */
    double standardDeviation() {
        double mean = (double) sumMicros / count;
        return Digits.millis(Math.sqrt(Math.max(0, sumSquaresMicros / count - mean * mean)));
    }

    /** Latency from the actual send on. */
    SparseHistogram service() {
        return service;
    }

    /** Latency from the intended start on; of samples that no schedule wanted, from their send. */
    SparseHistogram intended() {
        return intended;
    }

    /** Time to connect, of samples that did. */
    SparseHistogram connect() {
        return connect;
    }

    /** From the send to the first byte, where the tool measures it. */
    SparseHistogram ttfb() {
        return ttfb;
    }

    /** The same, with the intended latency of what no schedule wanted. */
    Samples unscheduled() {
        var same = new Samples();
        same.add(this);
        same.intended.add(service);
        return same;
    }

    /** Of the intended latency, in ms; null where no schedule exists. */
    public @Nullable Double intendedPercentile(double percentile) {
        return intended.isEmpty() ? null : Digits.millis(intended.valueAtPercentile(percentile));
    }

    /** All of the latency; null without a sample. */
    public @Nullable Latency latency() {
        return count == 0 || service.isEmpty() ? null : latency(service, average(), min(), max(), standardDeviation());
    }

    /**
     * The same from the intended start on, as exact as its histogram is; null where no schedule exists.
     *
     * @param missing samples that dropped arrivals would have made, which rank above all that were measured
     */
    @Nullable
    Latency intendedLatency(long missing) {
        return intended.isEmpty() ? null : new IntendedLatency(intended, missing).latency();
    }

    private static Latency latency(SparseHistogram of, double average, double min, double max, double deviation) {
        DoubleUnaryOperator quantile =
                percentile -> Math.clamp(Digits.millis(of.valueAtPercentile(percentile)), min, max);
        return new Latency(
                average,
                min,
                quantile.applyAsDouble(50),
                quantile.applyAsDouble(90),
                quantile.applyAsDouble(95),
                quantile.applyAsDouble(99),
                quantile.applyAsDouble(99.9),
                max,
                deviation,
                null);
    }
}
