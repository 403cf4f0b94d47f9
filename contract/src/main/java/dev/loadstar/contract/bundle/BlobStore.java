package dev.loadstar.contract.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A folder of files named by the SHA-256 of their bytes. Safe for several processes: a file appears whole or not at all. */
public final class BlobStore {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Path folder;

    public BlobStore(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** Keeps all bytes of the stream, which it does not close, and answers their digest {@code sha256:<hex>}. */
    public String put(InputStream content) throws IOException {
        Files.createDirectories(folder);
        Path arriving = Files.createTempFile(folder, "arriving", "");
        try {
            var sha256 = sha256();
            Files.copy(new DigestInputStream(content, sha256), arriving, StandardCopyOption.REPLACE_EXISTING);
            String digest = "sha256:" + HexFormat.of().formatHex(sha256.digest());
            Path place = path(digest);
            if (!Files.exists(place)) {
                Files.createDirectories(place.getParent());
                move(arriving, place);
            }
            return digest;
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    /**
     * Where the bytes of that digest are or would be.
     *
     * @throws IllegalArgumentException if it is no digest
     */
    public Path path(String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("not a digest: " + digest);
        }
        String hex = digest.substring("sha256:".length());
        return folder.resolve("sha256").resolve(hex.substring(0, 2)).resolve(hex);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
