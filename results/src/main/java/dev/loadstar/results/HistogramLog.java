package dev.loadstar.results;

import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Intervals that are read at once, so that a long run does not have to fit into the memory. */
    private static final int AT_ONCE = 120;

    private final RunTables tables;
    private final StoredRun run;
    private final LatencyKind kind;
    private final int resolution;

    /** @param resolution 1, 10 or 60 seconds */
    HistogramLog(RunTables tables, StoredRun run, LatencyKind kind, int resolution) {
        this.tables = tables;
        this.run = run;
        this.kind = kind;
        this.resolution = resolution;
    }

    /** Closes the stream. */
    void write(OutputStream out) throws SQLException {
        var log = new HistogramLogWriter(out);
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
            var series = tables.series();
            long step = (long) AT_ONCE * resolution;
            for (long from = Math.floorDiv(bounds.get().first(), step) * step;
                    from <= bounds.get().last();
                    from += step) {
                write(log, from, from + step, series);
            }
        }
        log.close();
    }

    private void write(HistogramLogWriter log, long from, long to, Map<Integer, Series> series) throws SQLException {
        var intervals = new TreeMap<Long, Map<String, SparseHistogram>>();
        for (var row : rows(from, to, series)) {
            var of = series.get(row.series());
            if (of != null) {
                intervals
                        .computeIfAbsent(
                                row.second() - Math.floorMod(row.second(), resolution), ignored -> new TreeMap<>())
                        .computeIfAbsent(tag(of), ignored -> SparseHistogram.ofDigits(Samples.LATENCY_DIGITS))
                        .add(kind.of(row.samples()));
            }
        }
        intervals.forEach((second, labels) -> labels.forEach((tag, latency) -> {
            if (!latency.isEmpty()) {
                write(log, second, tag, latency);
            }
        }));
    }

    /** Of that resolution as far as they go, then of 1 s. */
    private List<RunTables.Row> rows(long from, long to, Map<Integer, Series> series) throws SQLException {
        long split = resolution == 1 ? from : Math.clamp(run.rolledTo(), from, to);
        var rows = new ArrayList<RunTables.Row>();
        if (split > from) {
            rows.addAll(tables.rows(resolution, from, split, series));
        }
        if (split < to) {
            rows.addAll(tables.rows(1, split, to, series));
        }
        return rows;
    }

    private void write(HistogramLogWriter log, long second, String tag, SparseHistogram latency) {
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
