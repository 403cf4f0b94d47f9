package dev.loadstar.validator.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.jspecify.annotations.Nullable;

/** Takes in files one by one, counting, and refuses paths that would lead out of the bundle. */
final class BundleBuilder {

    private static final int MOST_WARNINGS = 50;
    private static final String OWN = ".loadstar";
    private static final Set<String> NO_NAMES = Set.of("", ".", "..", ".git");

    private final BlobStore blobs;
    private final SourceLimits limits;
    private final ErrorCode tooLarge;
    private final List<BundleFile> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();
    private long bytes;
    private long entries;
    private long expected;
    private int unsaid;

    BundleBuilder(BlobStore blobs, SourceLimits limits, ErrorCode tooLarge) {
        this.blobs = blobs;
        this.limits = limits;
        this.tooLarge = tooLarge;
    }

    /** Keeps a new file; the stream is not closed. */
    BundleFile add(String path, InputStream content, boolean executable) throws IOException {
        check(path);
        long before = bytes;
        String digest = blobs.put(new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                count(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int some = super.read(buffer, offset, length);
                count(Math.max(0, some));
                return some;
            }
        });
        return keep(new BundleFile(path, digest, bytes - before, executable));
    }

    /** Adds a file once more under another path. */
    BundleFile addCopy(String path, BundleFile original) {
        check(path);
        count(original.size());
        return keep(new BundleFile(path, original.digest(), original.size(), original.executable()));
    }

    /** Something is looked at: a file, a folder, a link on the way to what it leads to. */
    void entry() {
        if (++entries > limits.entries()) {
            throw new LoadstarException(
                    tooLarge, "There are more than %,d files, folders and links".formatted(limits.entries()));
        }
    }

    /** A file of that size will be added: what is too large is refused before anything of it is kept. */
    void expect(long size) {
        expected += size;
        checkBytes(expected);
    }

    void warn(String warning) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(warning);
        } else {
            unsaid++;
        }
    }

    Bundle build(@Nullable String ref, @Nullable String commit) {
        if (unsaid > 0) {
            warnings.add("There are %,d more such warnings".formatted(unsaid));
        }
        return Bundle.of(ref, commit, files, warnings);
    }

    /** @throws LoadstarException FILE_OUTSIDE if the path is not one that stays inside */
    static void checkInside(String path) {
        boolean outside = path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0;
        for (String name : path.split("/", -1)) {
            outside |= NO_NAMES.contains(name);
        }
        if (outside) {
            throw new LoadstarException(ErrorCode.FILE_OUTSIDE, "The path \"%s\" is not allowed".formatted(path));
        }
    }

    private BundleFile keep(BundleFile file) {
        files.add(file);
        return file;
    }

    private void check(String path) {
        checkInside(path);
        if (path.equals(OWN) || path.startsWith(OWN + "/")) {
            throw new LoadstarException(
                    ErrorCode.BUNDLE_INVALID, "The folder %s is for Loadstar's own files".formatted(OWN));
        }
        if (!paths.add(path)) {
            throw new LoadstarException(ErrorCode.BUNDLE_INVALID, "The file \"%s\" is there twice".formatted(path));
        }
        if (files.size() >= limits.files()) {
            throw new LoadstarException(tooLarge, "There are more than %,d files".formatted(limits.files()));
        }
    }

    private void count(long more) {
        bytes += more;
        checkBytes(bytes);
    }

    private void checkBytes(long all) {
        if (all > limits.bytes()) {
            throw new LoadstarException(
                    tooLarge, "The files have more than %,d MiB together".formatted(limits.bytes() >> 20));
        }
    }
}
