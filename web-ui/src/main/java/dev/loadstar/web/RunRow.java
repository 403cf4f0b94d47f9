package dev.loadstar.web;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * A run as one line of the list, ready to be shown.
 *
 * @param note its labels, and what it waits for
 */
record RunRow(
        int number,
        String test,
        String note,
        String state,
        String tone,
        String commit,
        String by,
        String submitted,
        String loadTime,
        String requests,
        String errors,
        String p95) {

    private static final int SHORT_COMMIT = 7;

    static RunRow of(RunDocument run) {
        Figures figures = Figures.INSTANCE;
        State state = State.of(run);
        var summary = run.summary();
        var latency = summary == null ? null : summary.latencyMs();
        return new RunRow(
                run.number(),
                run.test() == null ? "run" : run.test(),
                note(run),
                state.word(),
                state.tone(),
                commit(run.source()),
                run.submittedBy(),
                run.times().submitted().toString(),
                figures.clock(loadTime(run.times())),
                figures.count(summary == null ? null : summary.requests()),
                figures.percent(summary == null ? null : summary.errorRatio()),
                figures.digits(latency == null ? null : latency.p95()));
    }

    private static String note(RunDocument run) {
        String waitsFor = run.status() == RunStatus.QUEUED && run.reason() != null ? run.reason() : "";
        return Stream.concat(labels(run).stream(), Stream.of(waitsFor))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    /** In the order of their names. */
    static List<String> labels(RunDocument run) {
        return new TreeMap<>(run.runLabels())
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .toList();
    }

    /** The commit's first digits, or what else tells where the files came from. */
    static String commit(RunDocument.@Nullable Source source) {
        if (source == null) {
            return Figures.NOTHING;
        }
        String commit = source.commit();
        if (commit != null) {
            return commit.substring(0, Math.min(SHORT_COMMIT, commit.length()));
        }
        return source.ref() == null ? Figures.NOTHING : source.ref();
    }

    private static @Nullable Duration loadTime(RunDocument.Times times) {
        return times.loadStarted() == null || times.loadEnded() == null
                ? null
                : Duration.between(times.loadStarted(), times.loadEnded());
    }
}
