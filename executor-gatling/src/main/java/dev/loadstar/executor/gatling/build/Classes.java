package dev.loadstar.executor.gatling.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Puts what a compiler left in folders into one jar. */
final class Classes {

    /** The same classes give the same bytes. */
    private static final FileTime ALWAYS = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

    private Classes() {}

    /**
     * Of files that are in several folders the first one counts.
     *
     * @param into folder of the jar, whose name tells what is in it: a JVM that has opened a jar keeps it open
     * @param resources folders of the repository that are on the class path themselves: what is in one of them
     *     unchanged is left out, so that an executor's slice of a data file is the one that is found
     * @return the jar
     */
    static Path pack(List<Path> folders, List<Path> resources, Path into) throws IOException {
        Set<String> done = new HashSet<>();
        var bytes = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(bytes)) {
            for (Path folder : folders) {
                for (Path file : filesIn(folder)) {
                    String name = folder.relativize(file).toString();
                    if (!isUnchanged(file, name, resources) && done.add(name)) {
                        var entry = new JarEntry(name);
                        entry.setLastModifiedTime(ALWAYS);
                        out.putNextEntry(entry);
                        Files.copy(file, out);
                        out.closeEntry();
                    }
                }
            }
        }
        var checksum = new CRC32C();
        checksum.update(bytes.toByteArray());
        Path jar = into.resolve("classes-%08x.jar".formatted(checksum.getValue()));
        return Files.write(jar, bytes.toByteArray());
    }

    private static boolean isUnchanged(Path file, String name, List<Path> resources) throws IOException {
        for (Path folder : resources) {
            Path original = folder.resolve(name);
            if (Files.isRegularFile(original) && Files.mismatch(file, original) < 0) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }
}
