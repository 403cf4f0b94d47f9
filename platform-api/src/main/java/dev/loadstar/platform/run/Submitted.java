package dev.loadstar.platform.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.validator.Submission;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A submission as it is kept, so that it can be validated again after a crash.
 *
 * @param git null for an upload
 * @param bundle digest of an uploaded archive in the blob store, null for git
 */
record Submitted(
        @Nullable String git,
        @Nullable String ref,
        @Nullable String bundle,
        String path,
        Map<String, String> labels) {

    static final String UPLOAD = "upload";

    static Submitted keep(Submission submission, BlobStore blobs) {
        return switch (submission) {
            case Submission.Git git -> new Submitted(git.url(), git.ref(), null, git.path(), git.labels());
            case Submission.Upload upload ->
                new Submitted(null, null, digest(upload, blobs), upload.path(), upload.labels());
        };
    }

    private static String digest(Submission.Upload upload, BlobStore blobs) {
        try (var zip = Files.newInputStream(upload.zip())) {
            return blobs.put(zip);
        } catch (IOException e) {
            throw new UncheckedIOException("an uploaded bundle cannot be kept", e);
        }
    }

    Submission submission(BlobStore blobs) {
        return git == null
                ? new Submission.Upload(blobs.path(requireNonNull(bundle)), path, labels)
                : new Submission.Git(git, ref, path, labels);
    }

    /** What is known of the source before anyone looked at it. */
    RunDocument.Source source() {
        return new RunDocument.Source(git, git == null ? UPLOAD : ref, null, path);
    }
}
