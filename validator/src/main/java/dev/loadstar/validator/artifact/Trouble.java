package dev.loadstar.validator.artifact;

import java.util.List;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;

/** What it means that an artifact could not be had, in words. */
record Trouble(String mirror, Budget budget) {

    /** @param reason of the resolver's, for what it does not say of single artifacts */
    Problem of(List<ArtifactResult> results, String pointer, String reason) {
        String what = results.stream()
                .filter(result -> !result.isResolved())
                .map(result -> result.getRequest().getArtifact().toString())
                .findFirst()
                .orElse("");
        if (budget.isTooLarge() || budget.isOver()) {
            return Problem.at(
                    pointer,
                    ErrorCode.ARTIFACT_REFUSED,
                    "Fetching %s goes over the limit of %s".formatted(what, budget.limit()));
        }
        if (what.isEmpty()) {
            return Problem.at(pointer, ErrorCode.ARTIFACT_UNKNOWN, "What they need cannot be found: " + reason);
        }
        return isMissing(results)
                ? Problem.at(
                        pointer,
                        ErrorCode.ARTIFACT_UNKNOWN,
                        "%s is not in %s".formatted(what, mirror),
                        "Check group, artifact and version; a jar can also be committed into lib/")
                : Problem.at(
                        pointer,
                        ErrorCode.ARTIFACT_UNREACHABLE,
                        "%s cannot be fetched: the artifact mirror %s does not answer".formatted(what, mirror),
                        "The operator sets it with `loadstar.artifacts.mirror`; a jar can also be committed into lib/");
    }

    private static boolean isMissing(List<ArtifactResult> results) {
        return results.stream()
                .filter(result -> !result.isResolved())
                .findFirst()
                .filter(result -> result.getExceptions().stream().allMatch(ArtifactNotFoundException.class::isInstance))
                .isPresent();
    }
}
