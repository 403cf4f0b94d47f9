package dev.loadstar.executor.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.wire.FetchChunk;

/** Lays the files of a bundle into a folder as they were in the repository, each checked against its digest. */
public final class BundleDownload {

    private static final int PARALLEL = 4;

    private final Function<String, Iterator<FetchChunk>> source;
    private final Path folder;

    /** @param source gives the bytes of a digest */
    public BundleDownload(Function<String, Iterator<FetchChunk>> source, Path folder) {
        this.source = source;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** @throws LoadstarException if a file cannot be had, is not what the plan says or would lie outside the folder */
    public void fetch(List<BundleFile> files) throws InterruptedException {
        try (var pool =
                Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
            var fetches = new ArrayList<Future<?>>();
            for (BundleFile file : files) {
                fetches.add(pool.submit(() -> {
                    fetch(file);
                    return file;
                }));
            }
            for (Future<?> fetch : fetches) {
                await(fetch);
            }
        }
    }

    private static void await(Future<?> fetch) throws InterruptedException {
        try {
            fetch.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LoadstarException failure) {
                throw failure;
            }
            throw new LoadstarException(
                    ErrorCode.INTERNAL_ERROR, "A file of the bundle could not be fetched: " + e.getCause(), e);
        }
    }

    private void fetch(BundleFile file) throws IOException {
        Path place = folder.resolve(file.path()).normalize();
        if (!place.startsWith(folder) || place.equals(folder)) {
            throw new LoadstarException(ErrorCode.FILE_OUTSIDE, "'%s' leads out of the bundle.".formatted(file.path()));
        }
        Files.createDirectories(place.getParent());
        var sha256 = sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(place), sha256)) {
            Iterator<FetchChunk> chunks = source.apply(file.digest());
            while (chunks.hasNext()) {
                chunks.next().getData().writeTo(out);
            }
        }
        String digest = "sha256:" + HexFormat.of().formatHex(sha256.digest());
        if (!digest.equals(file.digest())) {
            Files.delete(place);
            throw new LoadstarException(
                    ErrorCode.INTERNAL_ERROR,
                    "'%s' arrived with other bytes than were validated.".formatted(file.path()));
        }
        if (file.executable() && !place.toFile().setExecutable(true)) {
            throw new IOException("cannot make %s executable".formatted(place));
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
