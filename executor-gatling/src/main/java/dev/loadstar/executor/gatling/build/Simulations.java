package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;

/** The simulations that can run in the first jar of a class path, told from the bytes of its classes: nothing is loaded. */
final class Simulations {

    private static final Set<String> ROOTS =
            Set.of("io/gatling/javaapi/core/Simulation", "io/gatling/core/scenario/Simulation");
    private static final int MOST_PARENTS = 50;
    private static final int MOST_NAMED = 10;

    /** By internal name. */
    private final Map<String, Found> classes = new HashMap<>();

    private record Found(@Nullable String parent, boolean runs, String source) {}

    private Simulations() {}

    /** @throws LoadstarException if a class cannot be read */
    static Simulations in(List<Path> classPath) throws IOException {
        var simulations = new Simulations();
        boolean first = true;
        for (Path entry : classPath) {
            if (Files.isRegularFile(entry)) {
                simulations.read(entry, first);
                first = false;
            }
        }
        return simulations;
    }

    private void read(Path path, boolean runs) throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            for (JarEntry entry : jar.stream().filter(Simulations::isClass).toList()) {
                try (InputStream bytes = jar.getInputStream(entry)) {
                    add(ClassFile.of().parse(bytes.readAllBytes()), runs);
                } catch (IllegalArgumentException e) {
                    // Not a class of a known kind: no simulation either.
                }
            }
        }
    }

    private static boolean isClass(JarEntry entry) {
        String name = entry.getName();
        return name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
    }

    private void add(ClassModel model, boolean runs) {
        String parent = model.superclass().map(name -> name.asInternalName()).orElse(null);
        boolean canRun = model.flags().has(AccessFlag.PUBLIC) && !model.flags().has(AccessFlag.ABSTRACT);
        String source = model.findAttribute(Attributes.sourceFile())
                .map(attribute -> attribute.sourceFile().stringValue())
                .orElse("");
        classes.putIfAbsent(model.thisClass().asInternalName(), new Found(parent, runs && canRun, source));
    }

    private List<String> all() {
        return classes.entrySet().stream()
                .filter(found -> found.getValue().runs && isSimulation(found.getKey()))
                .map(found -> found.getKey().replace('/', '.'))
                .sorted()
                .toList();
    }

    private boolean isSimulation(String name) {
        @Nullable String now = name;
        for (int i = 0; i < MOST_PARENTS && now != null; i++) {
            if (ROOTS.contains(now)) {
                return true;
            }
            Found found = classes.get(now);
            now = found == null ? null : found.parent;
        }
        return false;
    }

    /**
     * The simulation that a script means: its entry, else the one of its source file, else the only one.
     *
     * @throws LoadstarException if that is none or several
     */
    String choose(ScenarioPlan.Script script, Code code) {
        List<String> all = all();
        if (all.isEmpty()) {
            throw problem(
                    BuildProblems.FILE,
                    "There is no simulation in %s: no class extends io.gatling.javaapi.core.Simulation"
                            .formatted(script.file()));
        }
        String entry = script.entry();
        List<String> meant = entry == null ? of(code, all) : named(entry, all);
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        String there = all.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        if (entry != null) {
            throw problem(
                    BuildProblems.ENTRY,
                    (meant.isEmpty() ? "There is no simulation %s; there is: %s" : "There are several %s: %s")
                            .formatted(entry, there));
        }
        throw problem(BuildProblems.ENTRY, "There are %d simulations; say which: %s".formatted(all.size(), there));
    }

    private static List<String> named(String entry, List<String> all) {
        return all.contains(entry)
                ? List.of(entry)
                : all.stream().filter(name -> name.endsWith("." + entry)).toList();
    }

    private List<String> of(Code code, List<String> all) {
        @Nullable
        Path source = switch (code) {
            case Code.JavaSources sources -> sources.file();
            case Code.MavenProject project -> project.source();
            case Code.Jar _ -> null;
        };
        if (source == null) {
            return all;
        }
        String file = source.getFileName().toString();
        List<String> sameFile =
                all.stream().filter(name -> sourceOf(name).equals(file)).toList();
        String folder = source.resolveSibling("").toString().replace('/', '.');
        List<String> samePackage = sameFile.stream()
                .filter(name -> ("." + folder).endsWith("." + packageOf(name)))
                .toList();
        return Stream.of(samePackage, sameFile)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private String sourceOf(String name) {
        Found found = classes.get(name.replace('.', '/'));
        return found == null ? "" : found.source;
    }

    private static String packageOf(String name) {
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
    }

    private static LoadstarException problem(String pointer, String message) {
        return BuildProblems.of(Problem.at(pointer, ErrorCode.SCRIPT_INVALID, message));
    }
}
