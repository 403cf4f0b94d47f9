package dev.loadstar.reporting;

import org.jspecify.annotations.Nullable;

/** A record is not merged but counted. */
final class RefusedException extends RuntimeException {

    private final Refusal refusal;
    private final @Nullable RunRef closed;

    RefusedException(Refusal refusal) {
        this(refusal, null, null);
    }

    RefusedException(Refusal refusal, Throwable cause) {
        this(refusal, null, cause);
    }

    /** It came after its run was closed. */
    static RefusedException late(RunRef closed) {
        return new RefusedException(Refusal.RUN_CLOSED, closed, null);
    }

    private RefusedException(Refusal refusal, @Nullable RunRef closed, @Nullable Throwable cause) {
        super(refusal.slug(), cause);
        this.refusal = refusal;
        this.closed = closed;
    }

    Refusal refusal() {
        return refusal;
    }

    /** The run whose own record came too late; null where something else is wrong. */
    @Nullable
    RunRef closed() {
        return closed;
    }
}
