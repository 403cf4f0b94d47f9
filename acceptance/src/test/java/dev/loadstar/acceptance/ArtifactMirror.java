package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A folder as an operator's Maven repository. */
final class ArtifactMirror {

    private ArtifactMirror() {}

    static void publish(Path mirror, String group, String artifact, String version, Path jar) throws IOException {
        Path place = Files.createDirectories(
                mirror.resolve(group.replace('.', '/')).resolve(artifact).resolve(version));
        String name = artifact + "-" + version;
        publish(place.resolve(name + ".jar"), Files.readAllBytes(jar));
        publish(place.resolve(name + ".pom"), """
                <project><modelVersion>4.0.0</modelVersion>
                <groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></project>
                """.formatted(group, artifact, version)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static void publish(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(content);
            Files.writeString(
                    file.resolveSibling(file.getFileName() + ".sha1"),
                    HexFormat.of().formatHex(sha1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
