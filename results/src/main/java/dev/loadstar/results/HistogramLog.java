package dev.loadstar.results;

import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The latency of each label, interval by interval, as HdrHistogram's own log (version 1.3, V2 histograms), for the programs
 * that read it. Values are µs; the column of maxima is in ms. A label is the tag of its lines, {@code scenario/label}, which
 * takes no commas and spaces and is therefore URL-encoded; a kind that is no request stands before it,
 * {@code transaction:scenario/label}.
 */
final class HistogramLog {

    private static final double MICROS_PER_MILLI = 1000;

    private final RunTables tables;
    private final StoredRun run;
    private final LatencyKind kind;
    private final int resolution;
    private final HistogramLogWriter log;
    private final Map<String, SparseHistogram> labels = new TreeMap<>();
    private Map<Integer, Series> series = Map.of();
    private long interval;

    /** @param resolution 1, 10 or 60 seconds; 10 at least where the seconds are no longer kept */
    HistogramLog(RunTables tables, StoredRun run, LatencyKind kind, int resolution, OutputStream out) {
        this.log = new HistogramLogWriter(out);
        this.tables = tables;
        this.run = run;
        this.kind = kind;
        this.resolution = run.secondsFrom() > 0 ? Math.max(10, resolution) : resolution;
    }

    /** Closes the stream. */
    void write() throws SQLException {
        log.outputComment("[Loadstar: run %s/%d of %s, latency.%s in microseconds]"
                .formatted(
                        run.project(),
                        run.number(),
                        tag(run.plan().test()),
                        kind.name().toLowerCase(Locale.ROOT)));
        log.outputLogFormatVersion();
        log.outputStartTime(run.loadStartMillis() == null ? run.opened().toEpochMilli() : run.loadStartMillis());
        log.outputLegend();
        var bounds = tables.bounds();
        if (bounds.isPresent()) {
            series = tables.series();
            for (var stretch : run.stretches(
                    resolution, intervalOf(bounds.get().first()), bounds.get().last() + 1)) {
                tables.rows(stretch.resolution(), stretch.from(), stretch.to(), series, this::add);
            }
            writeInterval();
        }
        log.close();
    }

    private long intervalOf(long second) {
        return second - Math.floorMod(second, resolution);
    }

    /** Rows come in order of time, so that only one interval has to be kept. */
    private void add(RunTables.Row row) {
        if (AllRequests.are(row.series())) {
            return;
        }
        if (intervalOf(row.second()) != interval) {
            writeInterval();
            interval = intervalOf(row.second());
        }
        labels.computeIfAbsent(
                        tag(Objects.requireNonNull(series.get(row.series()))),
                        _ -> SparseHistogram.ofDigits(Samples.LATENCY_DIGITS))
                .add(kind.of(row.samples()));
    }

    private void writeInterval() {
        labels.forEach((tag, latency) -> {
            if (!latency.isEmpty()) {
                write(interval, tag, latency);
            }
        });
        labels.clear();
    }

    private void write(long second, String tag, SparseHistogram latency) {
        var histogram = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(latency.encode()), 0);
        histogram.setTag(tag);
        log.outputIntervalHistogram((double) second, (double) (second + resolution), histogram, MICROS_PER_MILLI);
    }

    private static String tag(Series series) {
        String kind = series.isRequest() ? "" : Series.name(series.kind()) + ":";
        return kind + tag(series.scenario()) + "/" + tag(series.label());
    }

    private static String tag(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
