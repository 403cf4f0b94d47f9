package dev.loadstar.validator;

import java.util.List;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.launcher.Launcher;

/** Turns submissions into plans. Safe for many threads; every call blocks, so call it on a virtual thread. */
@SuppressWarnings("DoNotCallSuggester") // signature first, so that callers can compile; the next commit carries it out
public final class Validator {

    private final ValidatorSettings settings;
    private final Launcher launcher;
    private final BlobStore blobs;

    public Validator(ValidatorSettings settings, Launcher launcher, BlobStore blobs) {
        this.settings = settings;
        this.launcher = launcher;
        this.blobs = blobs;
    }

    /**
     * Reads the files, checks everything and keeps the files in the blob store.
     *
     * @throws dev.loadstar.contract.problem.LoadstarException only where Loadstar itself fails; wrong input is an answer
     */
    public Validation validate(Submission submission) {
        throw new UnsupportedOperationException(settings + " " + launcher + " " + blobs.folder() + " " + submission);
    }

    /** The problems of a definition's text alone: neither its files nor its target are looked at. */
    public List<Problem> check(byte[] definition) {
        throw new UnsupportedOperationException("" + definition.length);
    }
}
