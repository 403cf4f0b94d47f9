package dev.loadstar.validator.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.BundleFile;
import org.jspecify.annotations.Nullable;

/**
 * The files of one submission.
 *
 * @param ref as it was given or, where none was, the default branch; null for an upload
 * @param commit 40 hex digits, null for an upload
 * @param digest over path, content and mode of every file, {@code sha256:<hex>}
 */
public record Bundle(
        @Nullable String ref, @Nullable String commit, List<BundleFile> files, String digest, List<String> warnings) {

    /** No files at all. */
    public static final Bundle NONE = of(null, null, List.of(), List.of());

    static Bundle of(@Nullable String ref, @Nullable String commit, List<BundleFile> files, List<String> warnings) {
        List<BundleFile> sorted =
                files.stream().sorted(Comparator.comparing(BundleFile::path)).toList();
        return new Bundle(ref, commit, sorted, digest(sorted), List.copyOf(warnings));
    }

    /**
     * The same with this text as the file at that path.
     *
     * @throws dev.loadstar.contract.problem.LoadstarException FILE_OUTSIDE
     */
    public Bundle with(String path, String text, BlobStore blobs) throws IOException {
        BundleBuilder.checkInside(path);
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        var file = new BundleFile(path, blobs.put(new ByteArrayInputStream(content)), content.length, false);
        var all = new ArrayList<>(files);
        all.removeIf(other -> other.path().equals(path));
        all.add(file);
        var said = new ArrayList<>(warnings);
        if (commit != null) {
            said.add("The definition was given at submission; that of the commit was not used");
        }
        return of(ref, commit, all, said);
    }

    public Optional<BundleFile> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    private static String digest(List<BundleFile> files) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            for (BundleFile file : files) {
                String line = file.path() + "\0" + file.digest() + "\0" + (file.executable() ? "x" : "-") + "\n";
                sha256.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return "sha256:" + HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
