package dev.loadstar.platform.run;

import java.time.Instant;

import dev.loadstar.contract.run.RunDocument;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/** When a run passed its states. What is known once is never changed. */
@Embeddable
record RunTimes(
        Instant submittedAt,
        @Nullable Instant validatedAt,
        @Nullable Instant provisionedAt,
        @Nullable Instant loadStartedAt,
        @Nullable Instant loadEndedAt,
        @Nullable Instant finishedAt) {

    static RunTimes submitted(Instant at) {
        return new RunTimes(at, null, null, null, null, null);
    }

    RunTimes validated(Instant at) {
        return new RunTimes(submittedAt, first(validatedAt, at), provisionedAt, loadStartedAt, loadEndedAt, finishedAt);
    }

    RunTimes provisioned(Instant at) {
        return new RunTimes(submittedAt, validatedAt, first(provisionedAt, at), loadStartedAt, loadEndedAt, finishedAt);
    }

    RunTimes loadStarted(Instant at) {
        return new RunTimes(submittedAt, validatedAt, provisionedAt, first(loadStartedAt, at), loadEndedAt, finishedAt);
    }

    RunTimes loadEnded(Instant at) {
        return new RunTimes(submittedAt, validatedAt, provisionedAt, loadStartedAt, first(loadEndedAt, at), finishedAt);
    }

    RunTimes finished(Instant at) {
        return new RunTimes(submittedAt, validatedAt, provisionedAt, loadStartedAt, loadEndedAt, first(finishedAt, at));
    }

    private static Instant first(@Nullable Instant known, Instant at) {
        return known == null ? at : known;
    }

    RunDocument.Times document() {
        return new RunDocument.Times(submittedAt, validatedAt, provisionedAt, loadStartedAt, loadEndedAt, finishedAt);
    }
}
