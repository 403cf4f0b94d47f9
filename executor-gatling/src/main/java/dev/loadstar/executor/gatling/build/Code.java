package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.jspecify.annotations.Nullable;

/** What kind of code a script is, told by its file: a source below a {@code pom.xml} belongs to that Maven project. */
sealed interface Code {

    String POM = "pom.xml";

    /**
     * Java sources without a project.
     *
     * @param file that is compiled, with all that it uses
     * @param root folder of the unnamed package
     */
    record JavaSources(Path file, Path root) implements Code {

        /** Other places of sources that a file of this one may use. */
        List<Path> roots() {
            return Stream.of(root, beside(root, "src/test/java", "src/main/java"))
                    .filter(Files::isDirectory)
                    .distinct()
                    .toList();
        }

        /** Folders with files that simulations may look up on the class path. */
        List<Path> resources() {
            return Stream.of(
                            root, root.resolveSibling("resources"), beside(root, "src/test/java", "src/main/resources"))
                    .filter(Files::isDirectory)
                    .distinct()
                    .toList();
        }

        private static Path beside(Path root, String end, String other) {
            return root.endsWith(end) ? root.resolve("../../..").resolve(other).normalize() : root;
        }
    }

    /**
     * A Maven project, built with its own POM.
     *
     * @param source that the script names; null where it names the POM
     */
    record MavenProject(Path pom, @Nullable Path source) implements Code {

        Path folder() {
            return pom.resolveSibling("");
        }

        List<Path> resources() {
            return Stream.of("src/test/resources", "src/main/resources")
                    .map(folder()::resolve)
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    /** A jar that is built already. */
    record Jar(Path file) implements Code {}

    /** @throws LoadstarException if there is no such file, or nothing that can be built */
    static Code of(Path workspace, String name) throws IOException {
        Path file = workspace.resolve(name).normalize();
        if (!file.startsWith(workspace)) {
            throw BuildProblems.of(ErrorCode.FILE_OUTSIDE, "The script's path leads out of the repository");
        }
        if (!Files.isRegularFile(file)) {
            throw BuildProblems.of(ErrorCode.SCRIPT_MISSING, "There is no file " + name);
        }
        if (file.endsWith(POM)) {
            return new MavenProject(file, null);
        }
        if (name.endsWith(".jar")) {
            return new Jar(file);
        }
        if (!isSource(name)) {
            throw invalid("%s is nothing that Gatling can run: a .java, .scala or .kt file, a pom.xml or a jar is"
                    .formatted(name));
        }
        Path pom = pomAbove(workspace, file);
        if (pom != null) {
            return new MavenProject(pom, file);
        }
        if (!name.endsWith(".java")) {
            throw invalid(
                    "%s needs a pom.xml in its folder or above it: Scala and Kotlin are compiled by a Maven project's own plug-in; without one, commit a jar"
                            .formatted(name));
        }
        return JavaCompile.sources(workspace, file);
    }

    private static boolean isSource(String name) {
        return Stream.of(".java", ".scala", ".kt").anyMatch(name::endsWith);
    }

    private static @Nullable Path pomAbove(Path workspace, Path file) {
        for (Path folder = file.getParent();
                folder != null && folder.startsWith(workspace);
                folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(POM))) {
                return folder.resolve(POM);
            }
        }
        return null;
    }

    private static LoadstarException invalid(String message) {
        return BuildProblems.of(ErrorCode.SCRIPT_INVALID, message);
    }
}
