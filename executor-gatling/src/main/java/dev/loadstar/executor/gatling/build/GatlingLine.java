package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;

/**
 * The Gatling that runs the code, {@code major.minor}: other code must have been made for the same, because Gatling changes
 * its API from one to the next.
 *
 * @param version of it, such as {@code 3.15.1}
 */
record GatlingLine(String version) {

    private static final Pattern LINE = Pattern.compile("(\\d+\\.\\d+)(?:[.-].*)?");
    private static final String MANIFEST_ENTRY = "Gatling-Version";

    /** @throws dev.loadstar.contract.problem.LoadstarException if the POM says another */
    void check(Path pom, String name) throws IOException {
        try (InputStream content = Files.newInputStream(pom)) {
            check(PomVersion.of(content), name);
        }
    }

    /** @throws dev.loadstar.contract.problem.LoadstarException if it is known and another */
    void check(Optional<String> asked, String where) {
        asked.filter(other -> !line(other).equals(line(version))).ifPresent(other -> {
            throw BuildProblems.of(Problem.at(
                    BuildProblems.FILE,
                    ErrorCode.SCRIPT_INVALID,
                    "%s is for Gatling %s, and this executor is Gatling %s".formatted(where, other, version),
                    "Move the project to Gatling " + line(version)));
        });
    }

    /** @throws dev.loadstar.contract.problem.LoadstarException if it is none, or was built with another Gatling */
    void checkJar(Path jar, String name) {
        try (var file = new JarFile(jar.toFile())) {
            check(versionOf(file), name);
        } catch (IOException e) {
            throw BuildProblems.of(Problem.at(
                    BuildProblems.FILE,
                    ErrorCode.SCRIPT_INVALID,
                    "%s is not a jar that can be read: %s".formatted(name, e.getMessage())));
        }
    }

    /** By the packager of Gatling's plug-ins, else by the POM that Maven puts into what it builds. */
    private static Optional<String> versionOf(JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        String packaged = manifest == null ? null : manifest.getMainAttributes().getValue(MANIFEST_ENTRY);
        if (packaged != null) {
            return Optional.of(packaged.strip());
        }
        for (JarEntry entry : jar.stream().filter(GatlingLine::isPom).toList()) {
            try (InputStream pom = jar.getInputStream(entry)) {
                Optional<String> found = PomVersion.of(pom);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isPom(JarEntry entry) {
        String name = entry.getName();
        return name.startsWith("META-INF/maven/") && name.endsWith("/" + Code.POM);
    }

    private static String line(String version) {
        Matcher matcher = LINE.matcher(version);
        return matcher.matches() ? matcher.group(1) : version;
    }
}
