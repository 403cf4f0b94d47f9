package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.ExecutorStatus;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunDocument.ArrivalResult;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.run.RunDocument.ExecutorResult;
import dev.loadstar.contract.run.RunDocument.LabelResult;
import dev.loadstar.contract.run.RunDocument.Ledger;
import dev.loadstar.contract.run.Verdict;

/** A finished run as text: the verdict in a sentence, then what one needs to act on it. */
final class Report {

    private static final int ERRORS_SHOWN = 5;
    private static final int ASSERTION_WIDTH = 38;

    private final RunDocument run;
    private final Paint paint;

    private Report(RunDocument run, Paint paint) {
        this.run = run;
        this.paint = paint;
    }

    /** @param link how to get to the run's page */
    static List<String> of(RunDocument run, String link, Paint paint) {
        return new Report(run, paint).lines(link);
    }

    private List<String> lines(String link) {
        var lines = new ArrayList<String>();
        lines.addAll(verdict());
        lines.addAll(assertions());
        addBlock(lines, brokenExecutors());
        addBlock(lines, labels());
        addBlock(lines, errors());
        lines.add("");
        figures(lines);
        run.warnings().forEach(warning -> lines.add("  note    " + warning));
        lines.add("  report  " + link);
        return lines;
    }

    private static void addBlock(List<String> lines, List<String> block) {
        if (!block.isEmpty()) {
            lines.add("");
            block.forEach(line -> lines.add("  " + line));
        }
    }

    private List<String> verdict() {
        var lines = new ArrayList<String>();
        String reason = run.reason() == null ? endReason() : run.reason();
        Verdict verdict = run.verdict();
        String word = verdict == null ? String.valueOf(run.status()) : verdict.name();
        String head = "%-7s".formatted(word);
        var sentences = reason.lines().toList();
        lines.add((verdict == null ? head : paint.verdict(verdict, head)) + "  "
                + (sentences.isEmpty() ? "" : sentences.getFirst()));
        sentences.stream().skip(1).forEach(sentence -> lines.add("  " + sentence.strip()));
        if (run.wouldBe() != null) {
            lines.add("  Without that the verdict would have been " + run.wouldBe() + ".");
        }
        if (run.retryOf() != null) {
            lines.add("  It repeats run %d, which was INVALID.".formatted(run.retryOf()));
        }
        if (run.retriedBy() != null) {
            lines.add("  It was started once more as run %d.".formatted(run.retriedBy()));
        }
        return lines;
    }

    private String endReason() {
        return run.endReason() == null
                ? ""
                : run.endReason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private List<String> assertions() {
        int width = run.assertions().stream()
                .mapToInt(assertion -> AssertionText.of(assertion).length() + 3)
                .reduce(ASSERTION_WIDTH, Math::max);
        return run.assertions().stream()
                .map(assertion -> "  " + paint.mark(assertion.status()) + " " + pad(AssertionText.of(assertion), width)
                        + outcome(assertion))
                .toList();
    }

    private static String outcome(AssertionResult assertion) {
        String value = AssertionText.value(assertion);
        if (assertion.detail() != null) {
            return value + ", " + assertion.detail();
        }
        return assertion.status() == AssertionStatus.FAILED ? value + AssertionText.excess(assertion) : value;
    }

    private List<String> labels() {
        if (run.labels().isEmpty()) {
            return List.of();
        }
        boolean intended = run.labels().stream().anyMatch(label -> label.intendedLatencyMs() != null);
        var heads = new ArrayList<String>(List.of("label", "requests", "req/s", "errors", "p50", "p95", "p99", "max"));
        if (intended) {
            heads.addAll(List.of("intended p95", "p99"));
        }
        var table = new Table().row(heads.toArray(String[]::new));
        run.labels().forEach(label -> table.row(row(label, intended)));
        var lines = new ArrayList<>(paint.heading(table.lines()));
        lines.replaceAll(line -> line.equals(lines.getFirst()) ? line : line + "   ms");
        return lines;
    }

    private static String[] row(LabelResult label, boolean intended) {
        var latency = label.latencyMs();
        var cells = new ArrayList<String>(List.of(
                RunText.label(label.label(), label.kind()),
                Figures.count(label.requests()),
                Figures.rate(label.requestsPerSecond()),
                Figures.ratio(label.errorRatio()),
                Figures.millis(latency == null ? null : latency.p50()),
                Figures.millis(latency == null ? null : latency.p95()),
                Figures.millis(latency == null ? null : latency.p99()),
                Figures.millis(latency == null ? null : latency.max())));
        var from = label.intendedLatencyMs();
        if (intended) {
            cells.add(Figures.millis(from, 95, from == null ? null : from.p95()));
            cells.add(Figures.millis(from, 99, from == null ? null : from.p99()));
        }
        return cells.toArray(String[]::new);
    }

    private List<String> errors() {
        var lines = new ArrayList<String>();
        run.errors().stream()
                .limit(ERRORS_SHOWN)
                .map(error -> "%s × %s  %s  %s"
                        .formatted(Figures.count(error.count()), error.kind(), error.label(), error.message()))
                .forEach(lines::add);
        if (run.errors().size() > ERRORS_SHOWN) {
            lines.add("… and %d more kinds of error".formatted(run.errors().size() - ERRORS_SHOWN));
        }
        return lines;
    }

    private List<String> brokenExecutors() {
        var lines = new ArrayList<String>();
        for (ExecutorResult executor : run.executors()) {
            if (executor.status() == ExecutorStatus.FAILED || executor.status() == ExecutorStatus.LOST) {
                String exit = executor.exitCode() == null ? "" : ", exit " + executor.exitCode();
                lines.add(paint.red("executor %d %s%s"
                        .formatted(
                                executor.number(),
                                executor.status() == ExecutorStatus.LOST ? "was lost" : "failed",
                                exit)));
                executor.logTail().forEach(line -> lines.add("  " + line));
            }
        }
        return lines;
    }

    private void figures(List<String> lines) {
        var parts = new ArrayList<String>();
        var summary = run.summary();
        if (summary != null && summary.loadDelivered() != null) {
            parts.add("load delivered " + Figures.ratio(summary.loadDelivered()));
        }
        if (summary != null && summary.arrivals() != null) {
            parts.add(arrivals(summary.arrivals()));
        }
        run.executors().stream()
                .map(ExecutorResult::startSkewMs)
                .filter(Objects::nonNull)
                .mapToDouble(Math::abs)
                .max()
                .ifPresent(skew -> parts.add("start skew " + Figures.millis(skew) + " ms"));
        if (run.ledger() != null) {
            parts.add(ledger(run.ledger()));
        }
        if (!parts.isEmpty()) {
            lines.add("  " + String.join(" · ", parts));
        }
    }

    private static String arrivals(ArrivalResult arrivals) {
        return "%s of %s arrivals begun%s%s"
                .formatted(
                        Figures.count(arrivals.begun()),
                        Figures.count(arrivals.planned()),
                        arrivals.dropped() == 0 ? "" : ", " + Figures.count(arrivals.dropped()) + " dropped",
                        arrivals.late() == 0 ? "" : ", " + Figures.count(arrivals.late()) + " late");
    }

    private static String ledger(Ledger ledger) {
        return "%s samples produced, %s stored%s%s"
                .formatted(
                        Figures.count(ledger.produced()),
                        Figures.count(ledger.stored()),
                        ledger.declaredLost() == 0
                                ? ""
                                : ", " + Figures.count(ledger.declaredLost()) + " declared lost",
                        ledger.unknown() == 0 ? "" : ", " + Figures.count(ledger.unknown()) + " unknown");
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
