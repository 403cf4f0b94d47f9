package dev.loadstar.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DataDirectoryTests {

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void choose() {
        folder = parent.resolve("data");
    }

    @Test
    void secondServerIsRefusedWithTheFirstOnesAddress() throws IOException {
        try (var first = DataDirectory.open(folder)) {
            first.announce("http://127.0.0.1:8080");

            assertThatThrownBy(() -> DataDirectory.open(folder))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("http://127.0.0.1:8080")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        DataDirectory.open(folder).close();
    }

    @Test
    void serverThatIsJustStartingIsNamedByItsProcess() throws IOException {
        DataDirectory.open(folder).close();
        Files.writeString(folder.resolve("server.json"), "{\"url\": \"http://127.0.0.1:1\", \"pid\": 1}");
        try (var starting = DataDirectory.open(folder)) {
            assertThatThrownBy(() -> DataDirectory.open(starting.folder()))
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("just starting");
        }
    }

    @Test
    void masterKeyStaysTheSameAndIsForTheOwnerOnly() throws IOException {
        String key;
        try (var data = DataDirectory.open(folder)) {
            key = data.masterKey();
        }
        try (var data = DataDirectory.open(folder)) {
            assertThat(data.masterKey()).isEqualTo(key).hasSize(64);
        }
        assertThat(permissions("")).isEqualTo("rwx------");
        assertThat(permissions("master.key")).isEqualTo("rw-------");
    }

    @Test
    void directoryOfANewerServerIsRefused() throws IOException {
        DataDirectory.open(folder).close();
        Files.writeString(folder.resolve("version"), "1000");

        Files.writeString(folder.resolve("server.json"), "of a server that was killed");
        Files.delete(folder.resolve("server.lock"));

        assertThatThrownBy(() -> DataDirectory.open(folder)).hasMessageContaining("newer Loadstar");

        try (var untouched = Files.list(folder)) {
            assertThat(untouched.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("version", "server.json");
        }
        Files.writeString(folder.resolve("version"), "1");
        DataDirectory.open(folder).close();
    }

    @Test
    void fileInItsPlaceIsNamed() throws IOException {
        Files.writeString(folder, "");

        assertThatThrownBy(() -> DataDirectory.open(folder)).hasMessageContaining(folder.toString());
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }
}
