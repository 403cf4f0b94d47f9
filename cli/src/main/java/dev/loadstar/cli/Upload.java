package dev.loadstar.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder as a zip archive in a temporary file, without what builds and version control leave in it. */
final class Upload implements AutoCloseable {

    /** Most bytes that are packed; the server has a limit of its own. */
    static final long LIMIT = 200L << 20;

    private static final Set<String> LEFT_OUT = Set.of(".git", "target", "node_modules");

    private final Path zip;

    private Upload(Path zip) {
        this.zip = zip;
    }

    static Upload of(Path folder) throws IOException {
        return of(folder, LIMIT);
    }

    static Upload of(Path folder, long limit) throws IOException {
        var files = new TreeMap<String, Path>();
        Files.walkFileTree(folder, new Collector(folder, limit, files));
        var upload = new Upload(Files.createTempFile("loadstar-", ".zip"));
        try (var zip = new ZipOutputStream(Files.newOutputStream(upload.zip))) {
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTime(0); // the same files make the same archive
                zip.putNextEntry(entry);
                Files.copy(file.getValue(), zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            upload.close();
            throw e;
        }
        return upload;
    }

    Path zip() {
        return zip;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(zip);
    }

    /** Finds the files to pack and stops as soon as they are too many. */
    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Path real;
        private final long limit;
        private final Map<String, Path> files;
        private long bytes;

        Collector(Path folder, long limit, Map<String, Path> files) throws IOException {
            this.folder = folder;
            this.real = folder.toRealPath();
            this.limit = limit;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean leftOut = !directory.equals(folder) && LEFT_OUT.contains(String.valueOf(directory.getFileName()));
            return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (isFileOfFolder(file, attributes)) {
                bytes += Files.size(file);
                if (bytes > limit) {
                    throw tooLarge();
                }
                files.put(folder.relativize(file).toString().replace('\\', '/'), file);
            }
            return FileVisitResult.CONTINUE;
        }

        /** A link is packed as the file that it leads to, unless it leads out of the folder. */
        private boolean isFileOfFolder(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                return Files.isRegularFile(file) && file.toRealPath().startsWith(real);
            }
            return attributes.isRegularFile() && !file.endsWith(".git"); // a work tree has a file of that name
        }

        private CliError tooLarge() {
            return new CliError(
                    CliError.REFUSED,
                    "the folder " + folder + " is too large to upload",
                    "More than %d MB, without .git, target and node_modules.".formatted(limit >> 20),
                    "Name a smaller folder, or push it and use --git.");
        }
    }
}
