package dev.loadstar.contract.run;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One of the first failing samples of its label and error kind, as {@code GET …/runs/{number}/failures} answers it.
 * Credentials and secrets are masked.
 *
 * @param sampleKind {@code request}, {@code transaction} or {@code part}
 * @param kind of the error, such as {@code http.500}
 * @param at when it was over
 */
public record FailedSample(
        String scenario,
        String label,
        String sampleKind,
        String kind,
        String message,
        Instant at,
        int executor,
        double latencyMs,
        Side request,
        Side response) {

    /**
     * What was sent, or what was answered.
     *
     * @param head request or status line, and headers; for what is no HTTP as much as the tool knows
     * @param body null where there is none and where it is no text
     * @param bytes size of the whole body
     * @param type its media type, empty where not known
     * @param cut whether {@code body} is only the beginning
     */
    public record Side(String head, @Nullable String body, long bytes, String type, boolean cut) {}
}
