package dev.loadstar.platform.run;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.Validator;
import dev.loadstar.validator.definition.Overrides;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A submission as it is kept, so that it can be validated again after a crash.
 *
 * @param git null for an upload and for a definition alone
 * @param bundle digest of an uploaded archive in the blob store, else null
 * @param definition digest of a definition that was given with the submission, else null
 */
record Submitted(
        @Nullable String git,
        @Nullable String ref,
        @Nullable String bundle,
        @Nullable String definition,
        String path,
        Overrides overrides) {

    private static final String UPLOAD = "upload";

    static Submitted keep(Submission submission, BlobStore blobs) {
        @Nullable String text = submission.definition();
        @Nullable String definition = text == null ? null : keep(text, blobs);
        return switch (submission) {
            case Submission.Git git ->
                new Submitted(git.url(), git.ref(), null, definition, git.path(), git.overrides());
            case Submission.Upload upload ->
                new Submitted(null, null, keep(upload.zip(), blobs), null, upload.path(), upload.overrides());
            case Submission.Pasted pasted ->
                new Submitted(null, null, null, definition, pasted.path(), pasted.overrides());
        };
    }

    private static String keep(Path zip, BlobStore blobs) {
        try (var content = Files.newInputStream(zip)) {
            return blobs.put(content);
        } catch (IOException e) {
            throw new UncheckedIOException("an uploaded bundle cannot be kept", e);
        }
    }

    private static String keep(String text, BlobStore blobs) {
        try {
            return blobs.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("a definition cannot be kept", e);
        }
    }

    /** The same, fixed to a commit where there are any. */
    Submitted at(@Nullable String commit) {
        return git == null || commit == null ? this : new Submitted(git, commit, bundle, definition, path, overrides);
    }

    Submission submission(BlobStore blobs) {
        if (bundle != null) {
            return new Submission.Upload(blobs.path(bundle), path, overrides);
        }
        @Nullable String text = definition == null ? null : text(blobs.path(definition));
        return git == null
                ? new Submission.Pasted(requireNonNull(text), overrides)
                : new Submission.Git(git, ref, path, text, overrides);
    }

    private static String text(Path kept) {
        try {
            return Files.readString(kept);
        } catch (IOException e) {
            throw new UncheckedIOException("a definition that was kept cannot be read", e);
        }
    }

    /** What is known of the source before anyone looked at it. */
    RunDocument.Source source() {
        return document(new RunPlan.Source(git, bundle == null && git == null ? Validator.PASTED : ref, null, path));
    }

    static RunDocument.Source document(RunPlan.Source source) {
        String ref = source.git() == null && source.ref() == null ? UPLOAD : source.ref();
        return new RunDocument.Source(source.git(), ref, source.commit(), source.path());
    }
}
