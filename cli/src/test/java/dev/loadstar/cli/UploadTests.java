package dev.loadstar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UploadTests {

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    @Test
    void archiveHoldsTheFolderWithoutWhatToolsLeaveInIt() throws IOException {
        write("loadstar.json");
        write("data/users.csv");
        write(".git/config");
        write("sub/node_modules/x.js");
        write("sub/target/x.class");
        write("sub/targets/kept.txt");

        assertThat(names()).containsExactly("data/users.csv", "loadstar.json", "sub/targets/kept.txt");
    }

    @Test
    void linkIsPackedUnlessItLeadsOut() throws IOException {
        write("a.csv");
        var secret = Files.writeString(elsewhere.resolve("secret"), "s");
        Files.createSymbolicLink(folder.resolve("inside"), folder.resolve("a.csv"));
        Files.createSymbolicLink(folder.resolve("outside"), secret);

        assertThat(names()).containsExactly("a.csv", "inside");
    }

    @Test
    void sameFilesMakeTheSameArchive() throws IOException {
        write("loadstar.json");
        byte[] first;
        try (var upload = Upload.of(folder)) {
            first = Files.readAllBytes(upload.zip());
        }
        try (var upload = Upload.of(folder)) {
            assertThat(Files.readAllBytes(upload.zip())).isEqualTo(first);
        }
    }

    @Test
    void tooLargeFolderIsRefusedBeforeItIsPacked() throws IOException {
        write("a");
        write("b");

        assertThatThrownBy(() -> Upload.of(folder, 1))
                .isInstanceOf(CliError.class)
                .hasMessageContaining("too large");
    }

    @Test
    void fileIsHandedInWithItsFolder() throws IOException {
        write("nightly.json");

        var source = Source.of(folder.resolve("nightly.json").toString(), null);

        assertThat(source).isEqualTo(new Source.Folder(folder, folder.toString(), "nightly.json"));
    }

    private void write(String name) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("x").getParent());
        Files.writeString(file, "x");
    }

    private List<String> names() throws IOException {
        try (var upload = Upload.of(folder);
                var zip = new ZipFile(upload.zip().toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
