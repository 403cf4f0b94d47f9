package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.executor.log.JobLog;

/**
 * Builds a Maven project up to its test classes, in a process of its own. Maven is the one that comes with the executor;
 * it asks the operator's mirror alone, whatever repositories the POM names, and reads neither the {@code .mvn} folder of
 * the repository nor any settings of this machine.
 */
final class MavenBuild {

    private static final String HEAP = "-Xmx512m";
    private static final String CLASS_PATH_PLUGIN =
            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";
    private static final List<String> CLASSES = List.of("target/test-classes", "target/classes");
    private static final String LIBRARIES = Inspection.BUILT + "/lib";

    private final Path workspace;
    private final Code.MavenProject project;
    private final BuildTools tools;

    MavenBuild(Path workspace, Code.MavenProject project, BuildTools tools) {
        this.workspace = workspace;
        this.project = project;
        this.tools = tools;
    }

    /**
     * @param classes folders
     * @param libraries jars, copied into the workspace
     * @param gatling its version on the class path that Maven made
     */
    record Outcome(List<Path> classes, List<String> libraries, Optional<String> gatling) {}

    /** @throws LoadstarException with the compiler's errors, or with what Maven says */
    Outcome run() throws IOException {
        String mirror = tools.mirror();
        if (mirror == null) {
            throw BuildProblems.of(
                    Problem.at(
                            BuildProblems.FILE,
                            ErrorCode.ARTIFACT_UNREACHABLE,
                            "Maven projects cannot be built here: the artifact mirror asks for a password, which no build may see",
                            "The operator can set `loadstar.artifacts.build-mirror` to one that asks for none; Java sources alone and jars need no Maven"));
        }
        Path scratch = tools.temporary("maven");
        Path output = scratch.resolve("output.txt");
        Path classPath = scratch.resolve("classpath.txt");
        JobLog.info("building %s with Maven".formatted(workspace.relativize(project.pom())));
        Process maven = process(scratch, mirror, classPath)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = new BuildWatch(maven, List.of(project.folder(), scratch), BuildWatch.Limits.DEFAULT).await();
        var log = new MavenLog(workspace, Files.readAllLines(output));
        if (exit != 0) {
            throw new BuildProblems(log.problems()).exception();
        }
        return outcome(new MavenClassPath(Files.readString(classPath), repository()));
    }

    private Outcome outcome(MavenClassPath classPath) throws IOException {
        List<Path> classes = CLASSES.stream()
                .map(project.folder()::resolve)
                .filter(Files::isDirectory)
                .toList();
        if (classes.isEmpty()) {
            throw BuildProblems.of(Problem.at(
                    BuildProblems.FILE,
                    ErrorCode.SCRIPT_INVALID,
                    "Maven left no classes in %s of %s"
                            .formatted(String.join(" or ", CLASSES), workspace.relativize(project.pom()))));
        }
        var libraries = new ArrayList<String>();
        for (Path jar : classPath.libraries()) {
            String place = LIBRARIES + "/" + jar.getFileName();
            Files.createDirectories(workspace.resolve(LIBRARIES));
            Files.copy(jar, workspace.resolve(place));
            libraries.add(place);
        }
        return new Outcome(classes, libraries, classPath.gatling());
    }

    private ProcessBuilder process(Path scratch, String mirror, Path classPath) throws IOException {
        Path home = Files.createDirectories(scratch.resolve("home"));
        Path temporary = Files.createDirectories(scratch.resolve("tmp"));
        Path settings = Files.writeString(scratch.resolve("settings.xml"), settings(mirror));
        Path toolchains = Files.writeString(scratch.resolve("toolchains.xml"), "<toolchains/>\n");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + temporary,
                "-Dclassworlds.conf=" + tools.maven().resolve("bin/m2.conf"),
                "-Dmaven.home=" + tools.maven(),
                // A folder without .mvn: what lies in the repository's could change any of this.
                "-Dmaven.multiModuleProjectDirectory=" + home,
                "-cp",
                launcher().toString(),
                "org.codehaus.plexus.classworlds.launcher.Launcher"));
        command.addAll(List.of(
                "-B",
                "-ntp",
                // What was not there once is looked for again.
                "-U",
                "-s",
                settings.toString(),
                "-gs",
                settings.toString(),
                "-t",
                toolchains.toString(),
                "-gt",
                toolchains.toString(),
                "-f",
                project.pom().toString(),
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + repository(),
                // Builds that run beside each other share the repository.
                "-Daether.syncContext.named.factory=file-lock",
                "-Daether.syncContext.named.nameMapper=file-gav",
                "-Daether.connector.connectTimeout=5000",
                "-Dkotlin.compiler.daemon=false",
                "-DincludeScope=test",
                "-Dmdep.outputFile=" + classPath,
                "-Dmdep.pathSeparator=\n",
                "test-compile",
                CLASS_PATH_PLUGIN));
        var process = new ProcessBuilder(command).directory(project.folder().toFile());
        process.environment().keySet().retainAll(List.of("PATH", "TZ"));
        process.environment().put("LANG", "C.UTF-8");
        process.environment().put("HOME", home.toString());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return process;
    }

    private Path repository() {
        return tools.cache().resolve("maven").toAbsolutePath();
    }

    private Path launcher() throws IOException {
        Path boot = tools.maven().resolve("boot");
        if (Files.isDirectory(boot)) {
            try (Stream<Path> jars = Files.list(boot)) {
                Optional<Path> launcher = jars.filter(
                                jar -> jar.getFileName().toString().startsWith("plexus-classworlds-"))
                        .filter(jar -> jar.toString().endsWith(".jar"))
                        .findFirst();
                if (launcher.isPresent()) {
                    return launcher.get();
                }
            }
        }
        throw new LoadstarException(ErrorCode.INSPECT_FAILED, "There is no Maven in %s".formatted(tools.maven()));
    }

    /** The name {@code central} is what artifacts of a repository that another Maven filled are known by. */
    private static String settings(String mirror) {
        String address = mirror.replace("&", "&amp;").replace("<", "&lt;");
        return """
                <settings>
                  <mirrors>
                    <mirror><id>central</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
                  </mirrors>
                </settings>
                """.formatted(address);
    }
}
