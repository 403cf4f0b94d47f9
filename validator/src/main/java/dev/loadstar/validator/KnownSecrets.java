package dev.loadstar.validator;

import java.util.Optional;

/** The secrets that a submission may refer to, by where they are kept, such as {@code project:checkout-token}. */
public interface KnownSecrets {

    /** None at all. */
    KnownSecrets NONE = new KnownSecrets() {
        @Override
        public boolean has(String from) {
            return false;
        }

        @Override
        public Optional<String> value(String from) {
            return Optional.empty();
        }
    };

    boolean has(String from);

    /** For what is needed while validating, such as a repository's credentials; those of a test are never asked for. */
    Optional<String> value(String from);
}
