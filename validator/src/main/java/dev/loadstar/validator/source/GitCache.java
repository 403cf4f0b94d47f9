package dev.loadstar.validator.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Folders with what was fetched from one address each. Only one thread works in a folder at a time. */
final class GitCache {

    private static final int MOST_PACKS = 100;

    private GitCache() {}

    /** Opens the folder; one that a killed process left or that has grown too large is made usable again. */
    static Repository open(Path folder, SourceLimits limits) throws IOException {
        if (isTooLarge(folder.resolve("objects/pack"), limits.bytes())) {
            delete(folder);
        }
        removeStale(folder);
        Repository repository = new BoundedRepository(
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().setup(), limits.largestFile());
        if (!Files.exists(folder.resolve("HEAD"))) {
            Files.createDirectories(folder);
            repository.create(true);
            disableCollection(repository);
        }
        return repository;
    }

    /** Commits that were fetched alone have no ref that would keep them. */
    private static void disableCollection(Repository repository) throws IOException {
        StoredConfig config = repository.getConfig();
        config.setInt("gc", null, "auto", 0);
        config.setInt("gc", null, "autoPackLimit", 0);
        config.setBoolean("gc", null, "autoDetach", false);
        config.save();
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.toList().reversed();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    private static boolean isTooLarge(Path packs, long bytes) throws IOException {
        if (!Files.isDirectory(packs)) {
            return false;
        }
        try (Stream<Path> files = Files.list(packs)) {
            List<Path> all = files.toList();
            long size = all.stream().mapToLong(file -> file.toFile().length()).sum();
            return all.stream()
                                    .filter(file -> file.toString().endsWith(".pack"))
                                    .count()
                            > MOST_PACKS
                    || size > 2 * bytes;
        }
    }

    /** What a killed process left: its locks, and the packs that were on their way. */
    private static void removeStale(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> stale;
        try (Stream<Path> files = Files.walk(folder)) {
            stale = files.filter(file -> file.toString().endsWith(".lock")
                            || file.getFileName().toString().startsWith("incoming_"))
                    .toList();
        }
        for (Path file : stale) {
            Files.deleteIfExists(file);
        }
    }
}
