package dev.loadstar.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.Artifact;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one job: {@code job.json}, {@code log.txt}, {@code pid}, {@code exit} and {@code work/}, the working
 * directory of its program. All of it is for its owner only.
 */
record JobFolder(Path directory) {

    private static final FileAttribute<?> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int TAIL_BYTES = 256 * 1024;
    private static final Pattern ARTIFACT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** Writes everything the start needs; files appear whole, as another starter's program may be reading them already. */
    void prepare(JobSpec spec, Instant now) throws IOException {
        Files.createDirectories(directory.getParent(), OWNER_DIRECTORY);
        Files.createDirectories(work(), OWNER_DIRECTORY);
        for (Map.Entry<String, String> file : spec.files().entrySet()) {
            write(inWork(file.getKey()), file.getValue());
        }
        write(directory.resolve("job.json"), Json.writePretty(Kept.of(spec, now)));
        if (!Files.exists(log())) {
            write(log(), "");
        }
    }

    Path work() {
        return directory.resolve("work");
    }

    Path log() {
        return directory.resolve("log.txt");
    }

    /** The job as it is now; empty for one that was never started. */
    Optional<Job> job() throws IOException {
        List<ProcessMark> marks = marks();
        if (marks.isEmpty()) {
            return Optional.empty();
        }
        Kept kept = Json.read(Files.readString(directory.resolve("job.json")), Kept.class);
        boolean alive = exit() == null && marks.stream().anyMatch(ProcessMark::isAlive);
        // Read again: the exit code may have been written between the two looks.
        Integer exit = exit();
        var state = alive && exit == null ? Job.State.RUNNING : Job.State.ENDED;
        long pid = marks.getFirst().pid();
        return Optional.of(
                new Job(kept.id, kept.run, kept.program, state, kept.startedAt, exit, pid, directory, log()));
    }

    /** The program and the shell that waits for it; empty before the start. */
    List<ProcessMark> marks() throws IOException {
        Path pid = directory.resolve("pid");
        try {
            Instant noted = Files.getLastModifiedTime(pid).toInstant();
            return Files.readAllLines(pid).stream()
                    .map(line -> ProcessMark.parse(line, noted))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private @Nullable Integer exit() throws IOException {
        try {
            return Integer.valueOf(Files.readString(directory.resolve("exit")).strip());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    List<String> logTail(int lines) throws IOException {
        try (var file = new RandomAccessFile(log().toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            var bytes = new byte[Math.toIntExact(file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> tail =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            List<String> whole = from > 0 && !tail.isEmpty() ? tail.subList(1, tail.size()) : tail;
            return List.copyOf(whole.subList(Math.max(0, whole.size() - lines), whole.size()));
        }
    }

    /** Sizes by name. Links do not count: whoever reads here may read more than the job. */
    SortedMap<String, Long> artifacts() throws IOException {
        var sizes = new TreeMap<String, Long>();
        Path left = work().resolve(Artifact.FOLDER);
        if (Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)) {
            try (var files = Files.newDirectoryStream(left, this::isArtifact)) {
                for (Path file : files) {
                    sizes.put(file.getFileName().toString(), Files.size(file));
                }
            }
        }
        return sizes;
    }

    /** @throws NoSuchFileException if there is none of that name */
    InputStream openArtifact(String name) throws IOException {
        if (!artifacts().containsKey(name)) {
            throw new NoSuchFileException(name);
        }
        return Files.newInputStream(work().resolve(Artifact.FOLDER).resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isArtifact(Path file) {
        return ARTIFACT.matcher(file.getFileName().toString()).matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    void delete() throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var found = Files.walk(directory)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private Path inWork(String name) {
        Path path = work().resolve(name).normalize();
        if (!path.startsWith(work()) || path.equals(work())) {
            throw new IllegalArgumentException("file outside of the working directory: " + name);
        }
        return path;
    }

    private void write(Path path, String content) throws IOException {
        Files.createDirectories(path.getParent(), OWNER_DIRECTORY);
        // Temporary files of the JDK belong to their owner alone (0600).
        Path arriving = Files.createTempFile(directory, "arriving", "");
        Files.writeString(arriving, content);
        Files.move(arriving, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The file {@code job.json}: what the job is, without its secrets. */
    record Kept(String id, String run, String program, List<String> arguments, int heapMegabytes, Instant startedAt) {
        static Kept of(JobSpec spec, Instant now) {
            return new Kept(spec.id(), spec.run(), spec.program(), spec.arguments(), spec.heapMegabytes(), now);
        }
    }
}
