package dev.loadstar.reporting;

import org.jspecify.annotations.Nullable;

/** A record is not merged but counted. */
final class RefusedException extends RuntimeException {

    private final Refusal refusal;

    RefusedException(Refusal refusal) {
        this(refusal, null);
    }

    RefusedException(Refusal refusal, @Nullable Throwable cause) {
        super(refusal.slug(), cause);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
