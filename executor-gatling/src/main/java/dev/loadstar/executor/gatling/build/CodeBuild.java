package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;

/** Builds the code behind a script, whatever kind it is, and finds its simulation. Strangers' code runs only where its own POM makes Maven run it. */
public final class CodeBuild {

    private static final String LIBRARIES = "lib";

    private final Path workspace;
    private final ScenarioPlan.Script script;
    private final GatlingLine line;
    private final BuildTools tools;

    /**
     * @param workspace the repository's files; what is built is left in its {@link Inspection#BUILT}
     * @param version of the Gatling that will run it
     */
    public CodeBuild(Path workspace, ScenarioPlan.Script script, String version, BuildTools tools) {
        this.workspace = workspace.toAbsolutePath().normalize();
        this.script = script;
        this.line = new GatlingLine(version);
        this.tools = tools;
    }

    /** @throws dev.loadstar.contract.problem.LoadstarException with every problem, such as the compiler's with file and line */
    public Built run() {
        try {
            Files.createDirectories(workspace.resolve(Inspection.BUILT));
            Code code = Code.of(workspace, script.file());
            var classPath = new LinkedHashSet<String>();
            switch (code) {
                case Code.JavaSources sources -> {
                    Path classes = tools.temporary("classes");
                    new JavaCompile(workspace, paths(libraries(sources.root()))).compile(sources, classes);
                    classPath.add(pack(List.of(classes), List.of()));
                    sources.resources().forEach(folder -> classPath.add(relative(folder)));
                    classPath.addAll(libraries(sources.root()));
                }
                case Code.MavenProject project -> {
                    line.check(project.pom(), relative(project.pom()));
                    var build = new MavenBuild(workspace, project, tools);
                    MavenBuild.Outcome outcome = build.run();
                    line.check(outcome.gatling(), relative(project.pom()));
                    classPath.add(pack(outcome.classes(), project.resources()));
                    project.resources().forEach(folder -> classPath.add(relative(folder)));
                    classPath.addAll(outcome.libraries());
                    script.libraries().forEach(library -> classPath.add(library.path()));
                }
                case Code.Jar jar -> {
                    line.checkJar(jar.file(), relative(jar.file()));
                    classPath.add(relative(jar.file()));
                    classPath.addAll(libraries(jar.file().resolveSibling("")));
                }
            }
            // Files of the repository are found by their path in it, too.
            classPath.add("");
            return built(code, new ArrayList<>(classPath));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String pack(List<Path> classes, List<Path> resources) throws IOException {
        return relative(Classes.pack(classes, resources, workspace.resolve(Inspection.BUILT)));
    }

    private Built built(Code code, List<String> classPath) throws IOException {
        Simulations simulations = Simulations.in(paths(classPath));
        var built = new Built(classPath, simulations.choose(script, code));
        built.leaveIn(workspace);
        return built;
    }

    /** Jars in {@code lib} of a folder or of one above it, then those that the scenario asks for. */
    private List<String> libraries(Path from) throws IOException {
        var jars = new ArrayList<String>();
        for (Path folder = from; folder != null && folder.startsWith(workspace); folder = folder.getParent()) {
            Path place = folder.resolve(LIBRARIES);
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                try (Stream<Path> files = Files.list(place)) {
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted()
                            .forEach(file -> jars.add(relative(file)));
                }
            }
        }
        script.libraries().stream().map(BundleFile::path).forEach(jars::add);
        return jars;
    }

    private List<Path> paths(List<String> relative) {
        return relative.stream().map(workspace::resolve).toList();
    }

    private String relative(Path path) {
        return workspace.relativize(path).toString();
    }
}
