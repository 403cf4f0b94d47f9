package dev.loadstar.validator;

import java.nio.file.Path;

import dev.loadstar.validator.definition.Overrides;
import org.jspecify.annotations.Nullable;

/** What a user hands in: where the files are, where in them the definition is, and what is different this time. */
public sealed interface Submission {

    /** Name of the definition where the user names none. */
    String DEFAULT_PATH = "loadstar.json";

    /** Path of the definition relative to the root. */
    String path();

    /** Text that takes the place of the file at {@link #path}; null where that file is the definition. */
    @Nullable
    String definition();

    Overrides overrides();

    /** @param ref branch, tag or commit; null for the repository's default branch */
    record Git(
            String url,
            @Nullable String ref,
            String path,
            @Nullable String definition,
            Overrides overrides) implements Submission {}

    /** @param zip an uploaded folder as a zip archive */
    record Upload(Path zip, String path, Overrides overrides) implements Submission {
        @Override
        public @Nullable String definition() {
            return null;
        }
    }

    /** A definition alone, which can use no other file. */
    record Pasted(String definition, Overrides overrides) implements Submission {
        @Override
        public String path() {
            return DEFAULT_PATH;
        }
    }
}
