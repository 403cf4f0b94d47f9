package dev.loadstar.validator.source;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

/**
 * What a ref means in a repository.
 *
 * @param name as people call it
 * @param remoteRef full name of the ref to fetch, null where only a commit is known
 * @param commit or annotated tag; null where only the whole history can tell
 */
record Wanted(
        String name, @Nullable String remoteRef, @Nullable ObjectId commit) {

    private static final int LISTED = 8;

    ObjectId known() {
        if (commit == null) {
            throw new IllegalStateException(name + " is not known yet");
        }
        return commit;
    }

    /** @throws LoadstarException GIT_REF_UNKNOWN */
    static Wanted of(@Nullable String ref, GitRemote.Refs refs) {
        if (ref == null || ref.isBlank()) {
            return defaultBranch(refs);
        }
        for (String prefix : List.of("", "refs/heads/", "refs/tags/", "refs/")) {
            Ref found = refs.byName().get(prefix + ref);
            if (found != null && found.getObjectId() != null) {
                return new Wanted(ref, /* remoteRef= */ found.getName(), found.getObjectId());
            }
        }
        if (!ref.matches("[0-9a-fA-F]{4,40}")) {
            throw unknown(ref, refs);
        }
        String hex = ref.toLowerCase(Locale.ROOT);
        List<Ref> tips = refs.byName().values().stream()
                .filter(tip ->
                        tip.getObjectId() != null && tip.getObjectId().name().startsWith(hex))
                .toList();
        if (!tips.isEmpty() && tips.stream().map(Ref::getObjectId).distinct().count() == 1) {
            return new Wanted(hex, tips.getFirst().getName(), tips.getFirst().getObjectId());
        }
        return new Wanted(hex, null, hex.length() == 40 ? ObjectId.fromString(hex) : null);
    }

    private static Wanted defaultBranch(GitRemote.Refs refs) {
        Ref head = refs.byName().get("HEAD");
        if (head == null || head.getObjectId() == null) {
            throw unknown("HEAD", refs);
        }
        String branch = refs.byName().values().stream()
                .filter(ref -> ref.getName().startsWith("refs/heads/"))
                .filter(ref -> head.isSymbolic()
                        ? ref.getName().equals(head.getTarget().getName())
                        : head.getObjectId().equals(ref.getObjectId()))
                .map(ref -> ref.getName().substring("refs/heads/".length()))
                .findFirst()
                .orElse("HEAD");
        return new Wanted(branch, "HEAD", head.getObjectId());
    }

    static LoadstarException unknown(String ref, GitRemote.Refs refs) {
        String branches = refs.byName().keySet().stream()
                .filter(name -> name.startsWith("refs/heads/"))
                .map(name -> name.substring("refs/heads/".length()))
                .sorted()
                .limit(LISTED)
                .collect(Collectors.joining(", "));
        String message = "`%s` is neither a branch nor a tag nor a commit of the repository".formatted(ref);
        String hint = branches.isEmpty() ? "The repository has no branch" : "Branches: " + branches;
        return new LoadstarException(
                ErrorCode.GIT_REF_UNKNOWN, message, List.of(Problem.at("", ErrorCode.GIT_REF_UNKNOWN, message, hint)));
    }
}
