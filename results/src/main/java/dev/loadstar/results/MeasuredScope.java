package dev.loadstar.results;

import java.time.Instant;

import dev.loadstar.contract.wire.SampleKind;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run to read figures of; null takes all.
 *
 * @param request the label, also of a transaction or of a part of a request
 * @param from whole second in which samples were completed, inclusive
 * @param to the same, exclusive
 */
public record MeasuredScope(
        @Nullable String scenario,
        @Nullable String stage,
        @Nullable String request,
        SampleKind kind,
        @Nullable Instant from,
        @Nullable Instant to) {

    boolean covers(Series series) {
        return series.kind() == kind
                && fits(scenario, series.scenario())
                && fits(stage, series.stage())
                && fits(request, series.label());
    }

    private static boolean fits(@Nullable String asked, String actual) {
        return asked == null || asked.equals(actual);
    }

    boolean covers(long second) {
        return (from == null || second >= from.getEpochSecond()) && (to == null || second < to.getEpochSecond());
    }
}
