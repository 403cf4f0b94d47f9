package dev.loadstar.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shop example as a git repository of its own, with one commit. */
final class DemoRepository implements AutoCloseable {

    private static final String WRITTEN_TARGET = "http://127.0.0.1:8090";

    /** The same files make the same commit, so that a second demo finds its inspection in the cache. */
    private static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "Loadstar",
            "GIT_AUTHOR_EMAIL", "demo@loadstar.invalid",
            "GIT_AUTHOR_DATE", "2026-11-21T00:00:00Z",
            "GIT_COMMITTER_NAME", "Loadstar",
            "GIT_COMMITTER_EMAIL", "demo@loadstar.invalid",
            "GIT_COMMITTER_DATE", "2026-11-21T00:00:00Z",
            "GIT_CONFIG_GLOBAL", "/dev/null",
            "GIT_CONFIG_NOSYSTEM", "1");

    private final Path folder;
    private final Cleanup cleanup;

    private DemoRepository(Path folder) {
        this.folder = folder;
        this.cleanup = Cleanup.onExit(() -> Cleanup.delete(folder));
    }

    /** @param target address of the demo target, which goes into the definition */
    static DemoRepository of(Path example, URI target) throws IOException, InterruptedException {
        var repository = new DemoRepository(Files.createTempDirectory("loadstar-demo-"));
        repository.copy(example);
        var definition = repository.folder.resolve(Source.DEFINITION);
        Files.writeString(definition, Files.readString(definition).replace(WRITTEN_TARGET, target.toString()));
        repository.git("init", "-q");
        repository.git("checkout", "-q", "-b", "main");
        repository.git("add", "-A");
        repository.git("commit", "-q", "-m", "The shop and its load test");
        return repository;
    }

    Source source() {
        return new Source.Git(folder.toUri().toString().replaceFirst("/$", ""), "main", Source.DEFINITION);
    }

    @Override
    public void close() {
        cleanup.close();
    }

    private void copy(Path example) throws IOException {
        try (var files = Files.walk(example)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    var copy = folder.resolve(example.relativize(file).toString());
                    Files.createDirectories(copy.resolveSibling("."));
                    Files.copy(file, copy);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of("git"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(AUTHOR);
        var git = start(builder);
        git.getOutputStream().close();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            throw new CliError(
                    CliError.BROKEN,
                    "'" + String.join(" ", command) + "' failed",
                    output.lines().toArray(String[]::new));
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new CliError(
                    CliError.BROKEN,
                    "the demo needs git, and there is none on the PATH",
                    "Debian, Ubuntu: apt-get install git");
        }
    }
}
