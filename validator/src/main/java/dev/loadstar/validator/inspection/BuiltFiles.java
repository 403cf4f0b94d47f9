package dev.loadstar.validator.inspection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;

/**
 * What an inspection has left in {@link Inspection#BUILT} of its workspace. Strangers' code wrote it: links are not
 * followed, and there is a limit to everything.
 */
record BuiltFiles(BlobStore blobs, Path workspace) {

    private static final int MOST_FILES = 500;
    private static final long MOST_BYTES = 256L << 20;

    /** The answer with those files, kept in the blob store; with a problem where they are too many or too large. */
    Inspection addedTo(Inspection found) throws IOException {
        Path folder = workspace.resolve(Inspection.BUILT);
        if (!isOwnFolder(folder)) {
            return found.withBuilt(List.of());
        }
        List<Path> files = regularFiles(folder);
        if (files.size() > MOST_FILES) {
            return refused("more than %d files".formatted(MOST_FILES));
        }
        var built = new ArrayList<BundleFile>();
        long bytes = 0;
        for (Path file : files) {
            long size = Files.size(file);
            bytes += size;
            if (bytes > MOST_BYTES) {
                return refused("more than %d MiB".formatted(MOST_BYTES >> 20));
            }
            try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                built.add(new BundleFile(workspace.relativize(file).toString(), blobs.put(content), size, false));
            }
        }
        return found.withBuilt(built);
    }

    private boolean isOwnFolder(Path folder) throws IOException {
        return Files.isDirectory(folder)
                && folder.toRealPath().equals(workspace.toRealPath().resolve(Inspection.BUILT));
    }

    /** One more than allowed is enough to know. */
    private static List<Path> regularFiles(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .limit(MOST_FILES + 1L)
                    .sorted()
                    .toList();
        }
    }

    private static Inspection refused(String many) {
        var problem = Problem.at("", ErrorCode.ARTIFACT_REFUSED, "What is built of the script has " + many);
        return new Inspection(List.of(problem), List.of(), List.of(), List.of(), List.of());
    }
}
