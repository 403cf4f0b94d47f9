package dev.loadstar.validator;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What a user hands in: where the files are, and where in them the definition is. */
public sealed interface Submission {

    /** Path of the definition relative to the root, {@code loadstar.json} where the user names none. */
    String path();

    /** Labels given at submission, added to the definition's. */
    Map<String, String> labels();

    /** @param ref branch, tag or commit; null for the repository's default branch */
    record Git(String url, @Nullable String ref, String path, Map<String, String> labels) implements Submission {
        public Git {
            labels = Map.copyOf(labels);
        }
    }

    /** @param zip an uploaded folder as a zip archive */
    record Upload(Path zip, String path, Map<String, String> labels) implements Submission {
        public Upload {
            labels = Map.copyOf(labels);
        }
    }
}
