package dev.loadstar.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DemoRepositoryTests {

    @TempDir
    private Path example;

    @Test
    void exampleBecomesARepositoryThatNamesTheRunningTarget() throws Exception {
        writeExample();
        Path folder;
        try (var repository = DemoRepository.of(example, URI.create("http://127.0.0.1:9999"))) {
            var source = (Source.Git) repository.source();
            assertThat(source.ref()).isEqualTo("main");
            folder = Path.of(URI.create(source.url()));

            assertThat(git(folder, "show", "main:loadstar.json")).isEqualTo("{\"baseUrl\": \"http://127.0.0.1:9999\"}");
            assertThat(git(folder, "ls-files").lines()).containsExactly("data/products.csv", "loadstar.json");
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void sameFilesMakeTheSameCommit() throws Exception {
        writeExample();

        assertThat(commit()).isEqualTo(commit()).hasSize(40);
    }

    private String commit() throws Exception {
        try (var repository = DemoRepository.of(example, URI.create("http://127.0.0.1:8090"))) {
            var folder = Path.of(URI.create(((Source.Git) repository.source()).url()));
            return git(folder, "rev-parse", "main").strip();
        }
    }

    private void writeExample() throws IOException {
        Files.writeString(example.resolve("loadstar.json"), "{\"baseUrl\": \"http://127.0.0.1:8090\"}");
        Files.writeString(Files.createDirectory(example.resolve("data")).resolve("products.csv"), "sku");
    }

    private static String git(Path folder, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        var git = new ProcessBuilder(command).start();
        var output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(git.waitFor()).isZero();
        return output;
    }
}
