package dev.loadstar.executor.gatling.build;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;

/**
 * Compiles Java sources with the JDK's own compiler, in this process. Annotation processors do not run.
 *
 * @param libraries jars beside what is on this process's class path
 */
record JavaCompile(Path workspace, List<Path> libraries) {

    /** Where the sources are that a file belongs to: as many folders up as its package has names. */
    static Code.JavaSources sources(Path workspace, Path file) throws IOException {
        List<String> names = packageOf(file);
        Path root = file.resolveSibling("");
        for (String name : names.reversed()) {
            if (root.equals(workspace) || !root.endsWith(name)) {
                throw BuildProblems.of(
                        ErrorCode.SCRIPT_INVALID,
                        "%s is of package %s, but not in a folder %s"
                                .formatted(
                                        workspace.relativize(file), String.join(".", names), String.join("/", names)));
            }
            root = root.resolveSibling("");
        }
        return new Code.JavaSources(file, root);
    }

    private static List<String> packageOf(Path file) throws IOException {
        JavaCompiler compiler = compiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ENGLISH, null)) {
            var task = (JavacTask) compiler.getTask(
                    new PrintWriter(Writer.nullWriter()),
                    files,
                    new DiagnosticCollector<>(),
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjects(file));
            for (CompilationUnitTree unit : task.parse()) {
                if (unit.getPackageName() != null) {
                    return List.of(unit.getPackageName().toString().split("\\."));
                }
            }
            return List.of();
        }
    }

    /** @throws LoadstarException with a problem for each error, with file and line */
    void compile(Code.JavaSources sources, Path into) throws IOException {
        JavaCompiler compiler = compiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ENGLISH, null)) {
            var task = compiler.getTask(
                    null,
                    files,
                    found,
                    List.of(
                            "-d",
                            into.toString(),
                            "-cp",
                            classPath(),
                            "-sourcepath",
                            joined(sources.roots().stream()),
                            "-proc:none",
                            "-implicit:class",
                            "-encoding",
                            "UTF-8",
                            "-parameters",
                            "-g",
                            "-nowarn",
                            // Errors of one file do not hide those of another.
                            "--should-stop=ifError=FLOW"),
                    null,
                    files.getJavaFileObjects(sources.file()));
            if (!task.call()) {
                throw new BuildProblems(found.getDiagnostics().stream()
                                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                                .map(this::problem)
                                .toList())
                        .exception();
            }
        }
    }

    private Problem problem(Diagnostic<? extends JavaFileObject> error) {
        String text = error.getMessage(Locale.ENGLISH)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("; "));
        JavaFileObject source = error.getSource();
        String place = source == null
                ? ""
                : "%s, line %d: ".formatted(workspace.relativize(Path.of(source.toUri())), error.getLineNumber());
        return BuildProblems.compiler(place + text);
    }

    private String classPath() {
        Stream<Path> own = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of);
        return joined(Stream.concat(own, libraries.stream()));
    }

    private static String joined(Stream<Path> paths) {
        return paths.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static JavaCompiler compiler() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new LoadstarException(
                    ErrorCode.INSPECT_FAILED, "Sources need a JDK to be compiled; this executor's Java is none");
        }
        return compiler;
    }
}
