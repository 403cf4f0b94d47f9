package dev.loadstar.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunDocument.Times;

/** Runs as a table: one line each. */
final class RunTable {

    private RunTable() {}

    /** @param columns of the terminal; where they are few, columns of the table are left out */
    static List<String> lines(List<RunDocument> runs, int columns, ZoneId zone, Paint paint) {
        if (runs.isEmpty()) {
            return List.of("no such runs");
        }
        var table = new Table()
                .left(1, 2, 3)
                .expendable(4, 5, 3, 7, 6)
                .row("run", "test", "outcome", "when", "duration", "req/s", "p95 ms", "errors");
        runs.forEach(run -> table.row(row(run, zone)));
        return paint.heading(table.lines(columns));
    }

    private static String[] row(RunDocument run, ZoneId zone) {
        var summary = run.summary();
        var latency = summary == null ? null : summary.latencyMs();
        return new String[] {
            RunRef.of(run).toString(),
            Objects.requireNonNullElse(run.test(), "–"),
            outcome(run),
            Figures.when(run.times().submitted(), zone),
            duration(run.times()),
            Figures.rate(summary == null ? null : summary.requestsPerSecond()),
            Figures.millis(latency == null ? null : latency.p95()),
            Figures.ratio(summary == null ? null : summary.errorRatio()),
        };
    }

    private static String outcome(RunDocument run) {
        if (run.endReason() == EndReason.REFUSED) {
            return "REFUSED";
        }
        return run.verdict() == null
                ? run.status().name().toLowerCase(Locale.ROOT)
                : run.verdict().name();
    }

    /** How long its load lasted, or lasts since. */
    private static String duration(Times times) {
        Instant start = times.loadStarted();
        Instant end = times.loadEnded();
        return start == null || end == null ? "–" : Figures.clock(Duration.between(start, end));
    }
}
