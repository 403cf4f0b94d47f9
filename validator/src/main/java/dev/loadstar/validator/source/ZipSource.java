package dev.loadstar.validator.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;

/** Reads an uploaded folder. Sizes are counted while unpacking, never believed. */
public final class ZipSource {

    private final BlobStore blobs;
    private final SourceLimits limits;

    public ZipSource(BlobStore blobs, SourceLimits limits) {
        this.blobs = blobs;
        this.limits = limits;
    }

    /** @throws LoadstarException BUNDLE_INVALID or FILE_OUTSIDE */
    public Bundle read(Path zip) throws IOException {
        var bundle = new BundleBuilder(blobs, limits, ErrorCode.BUNDLE_INVALID);
        try (var file = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                add(bundle, file, entries.nextElement());
            }
        } catch (ZipException | IllegalArgumentException e) {
            throw new LoadstarException(
                    ErrorCode.BUNDLE_INVALID, "The upload is not a zip archive that can be read: " + e.getMessage(), e);
        }
        return bundle.build(null, null);
    }

    private static void add(BundleBuilder bundle, ZipFile file, ZipEntry entry) throws IOException {
        String path = entry.getName();
        if (path.startsWith(".git/") || path.contains("/.git/")) {
            return;
        }
        if (entry.isDirectory()) {
            BundleBuilder.checkInside(path.substring(0, path.length() - 1));
            return;
        }
        try (InputStream content = file.getInputStream(entry)) {
            bundle.add(path, content, false);
        }
    }
}
