package dev.loadstar.executor.jmeter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;

/** Holds the files that a script's elements, functions and properties name against the repository. */
final class FileCheck {

    private static final String WHERE = "Paths count from the repository's root or from the script's folder";
    private static final String COMMIT = "Commit the file itself";

    private final ScriptFiles files;
    private final Function<String, Optional<String>> known;
    private final String pointer;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param known a text with what is known before a run, empty where it is only known in one
     * @param pointer of the script
     */
    FileCheck(ScriptFiles files, Function<String, Optional<String>> known, String pointer) {
        this.files = files;
        this.known = known;
        this.pointer = pointer;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** @param found is told each file that is there and the element's own, not a function's */
    void check(Jmx.Item item, Consumer<Path> found) {
        String reads = "'%s' reads ".formatted(item.name());
        for (String path : named(item)) {
            check(pointer, reads + path, path).ifPresent(found);
        }
        item.texts()
                .flatMap(text -> FileFunctions.paths(text).stream())
                .distinct()
                .forEach(path -> {
                    check(pointer, "a function of '%s' reads %s".formatted(item.name(), path), path);
                });
    }

    /** Key stores and the like that the script's properties name. */
    void check(Map<String, String> system, Map<String, String> given) {
        system.forEach((name, path) -> {
            if (PropertyFiles.isPath(name)) {
                String place = given.containsKey(name) ? "/script/properties/" + name : pointer;
                check(place, "`%s` names %s".formatted(name, path), path);
            }
        });
    }

    private static List<String> named(Jmx.Item item) {
        var paths = new ArrayList<String>();
        ScriptFiles.PROPERTIES.forEach(property -> item.property(property).ifPresent(paths::add));
        ScriptFiles.LISTS.forEach((property, between) ->
                item.property(property).ifPresent(list -> paths.addAll(Arrays.asList(list.split(between, -1)))));
        paths.addAll(item.properties(ScriptFiles.UPLOAD));
        return paths.stream().map(String::strip).toList();
    }

    private Optional<Path> check(String place, String reads, String text) {
        String path = known.apply(text).orElse("");
        if (path.isBlank()) {
            return Optional.empty();
        }
        if (!files.isInside(path)) {
            problems.add(Problem.at(
                    place,
                    ErrorCode.FILE_OUTSIDE,
                    reads + ", which is outside of the repository",
                    "Executors have the repository's files only: commit it and name it relative to the root"));
            return Optional.empty();
        }
        Path file = files.resolve(path);
        if (!Files.exists(file)) {
            problems.add(Problem.at(place, ErrorCode.FILE_MISSING, reads + ", which is not in the repository", WHERE));
            return Optional.empty();
        }
        if (Files.isRegularFile(file) && ScriptFiles.isLfsPointer(file)) {
            problems.add(Problem.at(place, ErrorCode.FILE_MISSING, reads + ", which is a Git LFS pointer", COMMIT));
            return Optional.empty();
        }
        return Optional.of(file);
    }
}
