package dev.loadstar.results.export;

import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.run.Latency;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.run.RunDocument.LabelResult;
import org.jspecify.annotations.Nullable;

/** A run for a comment on a merge request: verdict, assertions, labels and errors as Markdown with tables. */
public final class MarkdownSummary {

    private static final int ERRORS_SHOWN = 5;

    private final RunDocument run;
    private final List<String> lines = new ArrayList<>();

    private MarkdownSummary(RunDocument run) {
        this.run = run;
    }

    /** @param page address of the run's page */
    public static String of(RunDocument run, String page) {
        var summary = new MarkdownSummary(run);
        summary.head(page);
        summary.assertions();
        summary.labels();
        summary.errors();
        return String.join("\n", summary.lines) + "\n";
    }

    private void head(String page) {
        String name = run.test() == null ? "run" : run.test();
        lines.add("## %s: [%s #%d](<%s>)".formatted(word(), MarkdownTable.text(name), run.number(), page));
        lines.add("");
        lines.add(MarkdownTable.text(run.reason() == null ? "no verdict yet" : run.reason()));
        if (run.wouldBe() != null) {
            lines.add("Without that the verdict would have been %s.".formatted(run.wouldBe()));
        }
        run.warnings().forEach(warning -> lines.add("- " + MarkdownTable.text(warning)));
    }

    private String word() {
        if (run.verdict() != null) {
            return run.verdict().name();
        }
        return run.endReason() == null ? run.status().name() : run.endReason().name();
    }

    private void assertions() {
        if (run.assertions().isEmpty()) {
            return;
        }
        var table = new MarkdownTable("", "assertion", "measured", "");
        run.assertions()
                .forEach(assertion -> table.row(
                        sign(assertion),
                        assertion.text(),
                        MeasuredValue.of(assertion),
                        assertion.detail() == null ? "" : assertion.detail()));
        add(table);
    }

    private static String sign(AssertionResult assertion) {
        return switch (assertion.status()) {
            case PASSED -> "✓";
            case WARNED -> "! warned";
            case FAILED -> "✗ failed";
            case RECORDED -> "✗ recorded";
            case INVALID -> "? invalid";
        };
    }

    private void labels() {
        if (run.labels().isEmpty()) {
            return;
        }
        boolean intended = run.labels().stream().anyMatch(label -> label.intendedLatencyMs() != null);
        var heads = new ArrayList<>(
                List.of("label", "requests", "req/s", "errors", "p50 ms", "p95 ms", "p99 ms", "max ms"));
        if (intended) {
            heads.addAll(List.of("intended p95 ms", "intended p99 ms"));
        }
        var table = new MarkdownTable(heads.toArray(String[]::new)).numbersFrom(1);
        run.labels().forEach(label -> table.row(row(label, intended)));
        add(table);
    }

    private static String[] row(LabelResult label, boolean intended) {
        var latency = label.latencyMs();
        var cells = new ArrayList<>(List.of(
                "request".equals(label.kind()) ? label.label() : label.label() + " (" + label.kind() + ")",
                ExactNumber.of(label.requests()),
                ExactNumber.orDash(label.requestsPerSecond()),
                ExactNumber.percent(label.errorRatio()),
                ExactNumber.orDash(latency == null ? null : (Double) latency.p50()),
                ExactNumber.orDash(latency == null ? null : (Double) latency.p95()),
                ExactNumber.orDash(latency == null ? null : (Double) latency.p99()),
                ExactNumber.orDash(latency == null ? null : (Double) latency.max())));
        if (intended) {
            var from = label.intendedLatencyMs();
            cells.add(percentile(from, 95, from == null ? null : (Double) from.p95()));
            cells.add(percentile(from, 99, from == null ? null : (Double) from.p99()));
        }
        return cells.toArray(String[]::new);
    }

    private static String percentile(@Nullable Latency latency, double percentile, @Nullable Double value) {
        return latency != null && latency.isAboveMax(percentile)
                ? "> " + ExactNumber.of(latency.max())
                : ExactNumber.orDash(value);
    }

    private void errors() {
        if (run.errors().isEmpty()) {
            return;
        }
        var table = new MarkdownTable("error", "label", "first message", "count").numbersFrom(3);
        run.errors().stream()
                .limit(ERRORS_SHOWN)
                .forEach(error ->
                        table.row(error.kind(), error.label(), error.message(), ExactNumber.of(error.count())));
        add(table);
        if (run.errors().size() > ERRORS_SHOWN) {
            lines.add("");
            lines.add("… and %d more kinds of error".formatted(run.errors().size() - ERRORS_SHOWN));
        }
    }

    private void add(MarkdownTable table) {
        lines.add("");
        lines.addAll(table.lines());
    }
}
