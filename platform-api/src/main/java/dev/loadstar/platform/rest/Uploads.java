package dev.loadstar.platform.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.loadstar.validator.Submission;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Uploaded bundles on their way from a request to whoever uses them, in a file that is gone afterwards. */
final class Uploads {

    private final Path folder;
    private final long mostBytes;

    Uploads(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** Removes what a server that was killed in the middle of an upload left here. */
    void clear() throws IOException {
        if (Files.isDirectory(folder)) {
            try (var left = Files.newDirectoryStream(folder, "upload*.zip")) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** What is done with an upload while its file is there. */
    @FunctionalInterface
    interface Use<T> {
        T with(Submission submission);
    }

    <T> T use(InputStream zip, UploadRequest request, Use<T> use) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "upload", ".zip");
        try {
            receive(zip, file);
            return use.with(new Submission.Upload(file, request.path(), request.overrides()));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void receive(InputStream zip, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            long received = 0;
            for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                received += read;
                if (received > mostBytes) {
                    throw new ResponseStatusException(
                            HttpStatus.CONTENT_TOO_LARGE, "A bundle may have %d bytes at most".formatted(mostBytes));
                }
                out.write(buffer, 0, read);
            }
        }
    }
}
