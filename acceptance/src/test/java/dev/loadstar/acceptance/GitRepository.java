package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A real git repository on disk with one commit on {@code main}. */
record GitRepository(Path folder) {

    static GitRepository with(Path folder, Map<String, String> files) throws IOException {
        write(folder, files);
        try (Git git = Git.init()
                .setDirectory(folder.toFile())
                .setInitialBranch("main")
                .call()) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage("A load test")
                    .setAuthor("Tester", "tester@example.org")
                    .setCommitter("Tester", "tester@example.org")
                    .setSign(false)
                    .call();
        } catch (GitAPIException e) {
            throw new IOException(e);
        }
        return new GitRepository(folder);
    }

    /** The files alone. */
    static void write(Path folder, Map<String, String> files) throws IOException {
        Files.createDirectories(folder);
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    String url() {
        return folder.toUri().toString();
    }
}
