package dev.loadstar.platform.run;

import dev.loadstar.validator.KnownSecrets;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.Validation;

/** What turns a submission into a plan or its problems: the validator's one method that runs need. */
@FunctionalInterface
interface Validating {
    Validation validate(Submission submission, KnownSecrets secrets);
}
