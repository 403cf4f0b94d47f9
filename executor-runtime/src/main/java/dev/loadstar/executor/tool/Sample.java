package dev.loadstar.executor.tool;

import org.jspecify.annotations.Nullable;

/**
 * One finished request, or a transaction around some or a part of one.
 *
 * @param startMicros when it was sent, UTC epoch µs of this machine's clock
 * @param intendedMicros when the schedule wanted it, or -1 where no schedule does
 * @param durationMicros from send to the last byte, also of a failed or timed-out one
 * @param ttfbMicros to the first byte, -1 where not measured
 * @param connectMicros to connect, -1 where it did not connect anew
 * @param errorKind null for a success; {@code http.500}, {@code timeout}, {@code connect.refused}, {@code dns}, {@code tls},
 *     {@code connection.closed}, {@code assertion}, {@code script}, {@code other}
 * @param errorMessage of the tool, for the first of a kind
 */
public record Sample(
        String label,
        Kind kind,
        long startMicros,
        long intendedMicros,
        long durationMicros,
        long ttfbMicros,
        long connectMicros,
        long bytesReceived,
        long bytesSent,
        @Nullable String errorKind,
        @Nullable String errorMessage) {

    /** The same measurement with other words. */
    public Sample withTexts(String otherLabel, @Nullable String otherMessage) {
        return new Sample(
                otherLabel,
                kind,
                startMicros,
                intendedMicros,
                durationMicros,
                ttfbMicros,
                connectMicros,
                bytesReceived,
                bytesSent,
                errorKind,
                otherMessage);
    }

    /** Totals count requests alone; the others are shown beside them. */
    public enum Kind {
        REQUEST,

        /** Contains requests, which are recorded too. */
        TRANSACTION,

        /** Of a request that is recorded too: a redirect hop, an embedded resource. */
        PART
    }
}
