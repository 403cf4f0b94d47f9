package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;

/**
 * What the code of a script became. It lies beside what was built, so that executors need not look for it again.
 *
 * @param classPath jars and folders, relative to the workspace; what the executor brings itself comes before them
 * @param simulation class that the script runs
 */
public record Built(List<String> classPath, String simulation) {

    private static final String FILE = Inspection.BUILT + "/build.json";

    public Built {
        classPath = List.copyOf(classPath);
    }

    /** The same that an inspection has left in a workspace. */
    public static Built in(Path workspace) {
        Path file = workspace.resolve(FILE);
        if (!Files.exists(file)) {
            throw new LoadstarException(ErrorCode.NOT_READY, "What was built of the script is not in its files");
        }
        try {
            return Json.read(Files.readString(file), Built.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void leaveIn(Path workspace) throws IOException {
        Path file = workspace.resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, Json.writePretty(this));
    }

    /** The class path as it lies in a workspace. */
    public List<Path> paths(Path workspace) {
        return classPath.stream()
                .map(entry -> workspace.resolve(entry).normalize())
                .toList();
    }
}
