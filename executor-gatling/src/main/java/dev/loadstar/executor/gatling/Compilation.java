package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Makes classes of the file that a script names: a Java source with what it uses beside it, or a class that is compiled
 * already. What has been built before stays as it is.
 *
 * @param className of the simulation
 * @param classPath what it needs to run
 * @param problems that keep it from running; then the rest says nothing
 */
record Compilation(String className, List<Path> classPath, List<Problem> problems) {

    private static final String FILE = "/script/file";
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
    private static final Pattern LIMITED =
            Pattern.compile("io\\.gatling\\.(?:javaapi\\.)?(grpc|mqtt|graphql|kafka|mongo)");
    private static final int MOST = 50;

    Compilation {
        classPath = List.copyOf(classPath);
        problems = List.copyOf(problems);
    }

    /** @throws LoadstarException if the workspace cannot be written */
    static Compilation of(Path workspace, ScenarioPlan.Script script) {
        Path root = workspace.toAbsolutePath().normalize();
        Path file = root.resolve(script.file()).normalize();
        try {
            if (!file.startsWith(root)) {
                return failed(ErrorCode.FILE_OUTSIDE, "The script's path leads out of the repository", null);
            }
            if (!Files.isRegularFile(file)) {
                return failed(ErrorCode.SCRIPT_MISSING, "There is no file " + script.file(), null);
            }
            String name = file.getFileName().toString();
            if (name.endsWith(".class")) {
                return ofClass(root, file, script);
            }
            if (name.endsWith(".java")) {
                return ofSource(root, file, script);
            }
            return failed(
                    ErrorCode.SCRIPT_INVALID,
                    script.file() + " is no simulation that can be run",
                    "Name a Java source or a compiled class that extends Gatling's Simulation");
        } catch (IOException e) {
            throw new LoadstarException(ErrorCode.TOOL_FAILED, "The simulation cannot be built: " + e, e);
        }
    }

    private static Compilation ofClass(Path root, Path file, ScenarioPlan.Script script) throws IOException {
        String name;
        try {
            name = ClassFile.of().parse(file).thisClass().asInternalName().replace('/', '.');
        } catch (IllegalArgumentException e) {
            return failed(ErrorCode.SCRIPT_INVALID, script.file() + " is not a class file", null);
        }
        Path classes = above(file, packageOf(name));
        return new Compilation(entry(script, name), List.of(classes, root), List.of());
    }

    private static Compilation ofSource(Path root, Path file, ScenarioPlan.Script script) throws IOException {
        Matcher declared = PACKAGE.matcher(Files.readString(file));
        String inPackage = declared.find() ? declared.group(1) : "";
        Path sources = above(file, inPackage);
        if (!sources.startsWith(root)) {
            return failed(
                    ErrorCode.SCRIPT_INVALID,
                    "%s does not lie where its package %s says".formatted(script.file(), inPackage),
                    null);
        }
        Path classes = root.resolve(Inspection.BUILT).resolve("classes");
        String simple = file.getFileName().toString().replaceFirst("\\.java$", "");
        String name = inPackage.isEmpty() ? simple : inPackage + "." + simple;
        Set<Path> path = new LinkedHashSet<>(List.of(classes, sources));
        Path resources = sources.resolveSibling("resources");
        if (sources.endsWith("java") && Files.isDirectory(resources)) {
            path.add(resources);
        }
        path.add(root);
        boolean there = Files.exists(classes.resolve(name.replace('.', '/') + ".class"));
        List<Problem> problems = there ? List.of() : compile(root, file, sources, classes);
        return new Compilation(entry(script, name), List.copyOf(path), problems);
    }

    private static String entry(ScenarioPlan.Script script, String name) {
        return script.entry() == null ? name : script.entry();
    }

    private static List<Problem> compile(Path root, Path file, Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new LoadstarException(ErrorCode.TOOL_FAILED, "This Java has no compiler; a JDK is needed");
        }
        Files.createDirectories(classes);
        var found = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-sourcepath",
                    sources.toString(),
                    "-implicit:class",
                    "-proc:none",
                    "-parameters",
                    "-g",
                    "-nowarn",
                    "-encoding",
                    "UTF-8");
            boolean compiled = compiler.getTask(null, files, found, options, null, files.getJavaFileObjects(file))
                    .call();
            if (compiled) {
                return List.of();
            }
        }
        var problems = new ArrayList<Problem>();
        found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .limit(MOST)
                .forEach(one -> problems.add(problem(root, one)));
        return problems;
    }

    private static Problem problem(Path root, Diagnostic<? extends JavaFileObject> error) {
        JavaFileObject source = error.getSource();
        String place = source == null
                ? ""
                : "%s, line %d: ".formatted(root.relativize(Path.of(source.toUri())), error.getLineNumber());
        String message = place + error.getMessage(Locale.ROOT).lines().collect(Collectors.joining(" "));
        Matcher limited = LIMITED.matcher(message);
        return limited.find()
                ? Problem.at(
                        FILE,
                        ErrorCode.SCRIPT_INVALID,
                        message,
                        "Gatling's part for %s is limited without a licence of Gatling's and not part of Loadstar"
                                .formatted(limited.group(1)))
                : Problem.at(FILE, ErrorCode.SCRIPT_INVALID, message);
    }

    /** The folder in which a package's folders begin. */
    private static Path above(Path file, String inPackage) {
        long levels =
                inPackage.isEmpty() ? 0 : Stream.of(inPackage.split("\\.", -1)).count();
        return file.resolve("../".repeat((int) levels + 1)).normalize();
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }

    private static Compilation failed(ErrorCode code, String message, @Nullable String hint) {
        Problem problem = hint == null ? Problem.at(FILE, code, message) : Problem.at(FILE, code, message, hint);
        return new Compilation("", List.of(), List.of(problem));
    }
}
