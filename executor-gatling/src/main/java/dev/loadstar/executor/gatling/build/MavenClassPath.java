package dev.loadstar.executor.gatling.build;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path that Maven made for a project's tests.
 *
 * @param text one path per line
 * @param repository where Maven keeps what it fetched: {@code group/artifact/version/jar}
 */
record MavenClassPath(String text, Path repository) {

    private static final Path GATLING = Path.of("io/gatling");
    private static final String CORE = "gatling-core";
    private static final Pattern JAR = Pattern.compile("(.+?)-\\d.*\\.jar");

    /** Gatling's own report and recorder make no load. */
    private static final Set<String> NOT_NEEDED = Set.of(
            "gatling-charts",
            "gatling-charts-highcharts",
            "gatling-recorder",
            "gatling-recorder-bc-shaded",
            "gatling-test-framework");

    /** Jars that the executor does not bring itself, in their order. */
    List<Path> libraries() {
        Set<String> own = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).getFileName())
                .map(name -> JAR.matcher(name == null ? "" : name.toString()))
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        return jars().filter(jar -> !own.contains(artifact(jar)) && !NOT_NEEDED.contains(artifact(jar)))
                .toList();
    }

    /** The version of its core. */
    Optional<String> gatling() {
        return jars().filter(jar -> jar.startsWith(repository.resolve(GATLING))
                        && artifact(jar).equals(CORE))
                .map(jar -> nameFromEnd(jar, 2))
                .findFirst();
    }

    private Stream<Path> jars() {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.endsWith(".jar"))
                .map(Path::of)
                .filter(jar -> jar.startsWith(repository));
    }

    private static String artifact(Path jar) {
        return nameFromEnd(jar, 3);
    }

    private static String nameFromEnd(Path jar, int place) {
        return jar.getName(jar.getNameCount() - place).toString();
    }
}
