package dev.loadstar.web;

import java.time.Duration;

import dev.loadstar.contract.run.RunDocument;
import org.jspecify.annotations.Nullable;

/** A run as one line of the list, ready to be shown. */
record RunRow(
        int number,
        String test,
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
