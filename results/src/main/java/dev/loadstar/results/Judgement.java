package dev.loadstar.results;

import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a finished run says.
 *
 * @param wouldBe of INVALID: the verdict without what made it so; null where nothing is left to judge
 * @param reason one sentence without a full stop
 * @param endReason may be sharper than what the worker knew
 * @param errorCode slug of the {@link dev.loadstar.contract.problem.ErrorCode}, null where the run did not break
 */
public record Judgement(
        Verdict verdict,
        @Nullable Verdict wouldBe,
        String reason,
        EndReason endReason,
        @Nullable String errorCode) {}
