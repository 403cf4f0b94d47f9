package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.executor.script.ClassPath;
import org.apache.jmeter.util.JMeterUtils;

/** The jars that a script brings: those in the folders that an installed JMeter has too, then those of its plug-ins. */
record ScriptJars(List<Path> jars) {

    private static final List<String> FOLDERS = List.of("lib", "lib/ext", "lib/junit");
    private static final String SEARCH_PATHS = "search_paths";

    ScriptJars {
        jars = List.copyOf(jars);
    }

    /** @param plugins as they lie in the workspace */
    static ScriptJars of(ScriptFiles files, List<BundleFile> plugins) {
        var jars = new LinkedHashSet<Path>();
        for (Path place : files.places()) {
            FOLDERS.forEach(folder -> jars.addAll(jarsIn(place.resolve(folder))));
        }
        plugins.forEach(plugin -> jars.add(files.root().resolve(plugin.path()).normalize()));
        return new ScriptJars(new ArrayList<>(jars));
    }

    /** Lets JMeter see their classes, and look for functions in them. */
    void use() {
        ClassPath.add(jars);
        if (!jars.isEmpty()) {
            String all = jars.stream().map(Path::toString).collect(Collectors.joining(";"));
            String own = JMeterUtils.getPropDefault(SEARCH_PATHS, "");
            JMeterUtils.setProperty(SEARCH_PATHS, own.isBlank() ? all : own + ";" + all);
        }
    }

    /** Those that cannot be used. */
    List<Problem> problems(Path root, String pointer) {
        var problems = new ArrayList<Problem>();
        for (Path jar : jars) {
            String name = root.relativize(jar).toString();
            if (ScriptFiles.isLfsPointer(jar)) {
                problems.add(Problem.at(
                        pointer, ErrorCode.FILE_MISSING, name + " is a Git LFS pointer", "Commit the file itself"));
            } else if (!opens(jar)) {
                problems.add(Problem.at(pointer, ErrorCode.SCRIPT_INVALID, name + " is not a jar that can be read"));
            }
        }
        return problems;
    }

    private static boolean opens(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            return file.entries().hasMoreElements();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> jarsIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
