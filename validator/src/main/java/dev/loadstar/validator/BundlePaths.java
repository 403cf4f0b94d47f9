package dev.loadstar.validator;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.validator.definition.Suggestion;
import dev.loadstar.validator.source.Bundle;

/** Looks for files that a definition names. */
final class BundlePaths {

    private BundlePaths() {}

    /**
     * What is wrong with the path; empty if there is such a file.
     *
     * @param missing how it is named that there is none
     */
    static Optional<Problem> problem(String pointer, String path, Bundle bundle, ErrorCode missing) {
        if (bundle.file(path).isPresent()) {
            return Optional.empty();
        }
        if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
            return Optional.of(Problem.at(
                    pointer,
                    ErrorCode.FILE_OUTSIDE,
                    "\"%s\" leads out of the repository".formatted(path),
                    "Name it relative to the repository's root"));
        }
        String hint = nearest(path, bundle)
                .map("Did you mean \"%s\"?"::formatted)
                .orElse(bundle.files().size() == 1 ? "The definition is the only file; others come with `git`" : null);
        return Optional.of(new Problem(
                pointer, missing.slug(), "There is no file \"%s\" in the repository".formatted(path), hint));
    }

    /** The same name in another folder, or a name that is nearly the same. */
    private static Optional<String> nearest(String path, Bundle bundle) {
        List<String> paths = bundle.files().stream().map(BundleFile::path).toList();
        String name = path.substring(path.lastIndexOf('/') + 1);
        return paths.stream()
                .filter(other -> other.equals(name) || other.endsWith("/" + name))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .or(() -> Suggestion.nearest(path, paths));
    }
}
