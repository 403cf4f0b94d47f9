package dev.loadstar.executor.record;

import dev.loadstar.contract.wire.Outcome;
import dev.loadstar.contract.wire.SeriesPoint;
import dev.loadstar.executor.tool.Sample;

/** Accumulates one series in one second. */
final class SeriesSecond {

    private final Durations service = new Durations();
    private final Durations intended = new Durations();
    private final Durations ttfb = new Durations();
    private final Durations connect = new Durations();
    private final ErrorCounts errors = new ErrorCounts();
    private long count;
    private long sum;
    private double sumOfSquares;
    private long min = Long.MAX_VALUE;
    private long max;
    private long bytesReceived;
    private long bytesSent;

    /**
     * @param completedMillis on the worker's clock
     * @param scheduled whether a schedule wants the scenario's iterations: what is sent later in one counts from its own start
     */
    void add(Sample sample, long completedMillis, boolean scheduled) {
        long micros = Durations.clamp(sample.durationMicros());
        count++;
        sum += micros;
        sumOfSquares += (double) micros * micros;
        min = Math.min(min, micros);
        max = Math.max(max, micros);
        bytesReceived += Math.max(0, sample.bytesReceived());
        bytesSent += Math.max(0, sample.bytesSent());
        service.add(micros);
        if (sample.intendedMicros() >= 0) {
            intended.add(sample.startMicros() + micros - sample.intendedMicros());
        } else if (scheduled) {
            intended.add(micros);
        }
        if (sample.ttfbMicros() >= 0) {
            ttfb.add(sample.ttfbMicros());
        }
        if (sample.connectMicros() >= 0) {
            connect.add(sample.connectMicros());
        }
        String kind = sample.errorKind();
        if (kind != null) {
            String message = sample.errorMessage();
            errors.add(kind, message == null ? "" : message, completedMillis);
        }
    }

    SeriesPoint toPoint(String scenario, Series series, Encoders encoders) {
        var point = SeriesPoint.newBuilder()
                .setScenario(scenario)
                .setStage(series.stage())
                .setLabel(series.label())
                .setKind(series.kind())
                .setOutcome(series.outcome())
                .setCount(count)
                .setSumMicros(sum)
                .setSumSquaresMicros(sumOfSquares)
                .setMinMicros(min)
                .setMaxMicros(max)
                .setBytesReceived(bytesReceived)
                .setBytesSent(bytesSent)
                .setService(encoders.fine().encode(service))
                .setIntended(encoders.fine().encode(intended))
                .setTtfb(encoders.coarse().encode(ttfb))
                .setConnect(encoders.coarse().encode(connect));
        if (series.outcome() == Outcome.ERROR) {
            point.addAllErrors(errors.top());
        }
        return point.build();
    }

    /** @param fine 3 significant digits
     * @param coarse 2 significant digits */
    record Encoders(HistogramEncoder fine, HistogramEncoder coarse) {
        static Encoders create() {
            return new Encoders(new HistogramEncoder(3), new HistogramEncoder(2));
        }
    }
}
