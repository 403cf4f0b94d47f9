package dev.loadstar.validator.inspection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.loadstar.contract.bundle.BlobStore;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import tools.jackson.core.JacksonException;

/**
 * Answers of earlier inspections on disk: the same files, scenario and executor give the same answer. What could not be
 * fetched or did not answer may be there the next time, and is not kept; an answer whose built files are gone is none.
 */
final class InspectionCache {

    private static final Set<String> PASSING = Stream.of(
                    ErrorCode.INSPECT_FAILED, ErrorCode.ARTIFACT_UNKNOWN, ErrorCode.ARTIFACT_UNREACHABLE)
            .map(ErrorCode::slug)
            .collect(Collectors.toUnmodifiableSet());

    private final Path home;
    private final Path folder;
    private final BlobStore blobs;

    InspectionCache(Path home, Path folder, BlobStore blobs) {
        this.home = home;
        this.folder = folder;
        this.blobs = blobs;
    }

    String key(String bundle, ScenarioPlan scenario) throws IOException {
        String all = bundle + "\n" + Json.write(scenario) + "\n" + program(home.resolve("executor-" + scenario.tool()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Optional<Inspection> find(String key) {
        try {
            Path file = folder.resolve(key + ".json");
            return Files.exists(file)
                    ? Optional.of(Json.read(Files.readString(file), Inspection.class))
                            .filter(this::isWhole)
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private boolean isWhole(Inspection known) {
        return known.built().stream().allMatch(file -> Files.exists(blobs.path(file.digest())));
    }

    void keep(String key, Inspection inspection) throws IOException {
        if (inspection.problems().stream().map(Problem::code).anyMatch(PASSING::contains)) {
            return;
        }
        Files.createDirectories(folder);
        Path arriving = Files.createTempFile(folder, "arriving", "");
        Files.writeString(arriving, Json.write(inspection));
        Files.move(arriving, folder.resolve(key + ".json"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** An executor that was built anew asks anew. */
    private static String program(Path program) throws IOException {
        if (!Files.isDirectory(program)) {
            return "";
        }
        try (var files = Files.list(program)) {
            return files.sorted().map(InspectionCache::fingerprint).collect(Collectors.joining("\n"));
        }
    }

    private static String fingerprint(Path file) {
        try {
            return file.getFileName() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
