package dev.loadstar.platform.run;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.Verdict;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.jspecify.annotations.Nullable;

/**
 * How a run came to its end.
 *
 * @param verdict null for a refused run and while it is being reported
 * @param reason one sentence for people
 * @param errorCode slug of the {@link ErrorCode} that ended it
 */
@Embeddable
record Ending(
        @Enumerated(EnumType.STRING) EndReason endReason,

        @Enumerated(EnumType.STRING) @Nullable Verdict verdict,

        @Enumerated(EnumType.STRING) @Nullable Verdict wouldBe,

        @Nullable String reason,
        @Nullable String errorCode) {

    /** Whether it says something about the target. */
    boolean isSound() {
        return verdict == Verdict.PASSED || verdict == Verdict.WARNED || verdict == Verdict.FAILED;
    }

    /** The end of a run that broke before or beside its measurement. */
    static Ending broken(EndReason endReason, ErrorCode code, String reason) {
        return new Ending(endReason, Verdict.ERRORED, null, reason, code.slug());
    }

    static Ending refused(String reason) {
        return new Ending(EndReason.REFUSED, null, null, reason, null);
    }

    static Ending aborted(EndReason endReason, String reason) {
        return new Ending(endReason, Verdict.ABORTED, null, reason, null);
    }

    /** What the worker, or the server in its stead, says; reporting adds the verdict. */
    static Ending unjudged(EndReason endReason, String reason, @Nullable String errorCode) {
        return new Ending(endReason, null, null, reason, errorCode);
    }
}
