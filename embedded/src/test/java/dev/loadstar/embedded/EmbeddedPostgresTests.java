package dev.loadstar.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class EmbeddedPostgresTests {

    @TempDir
    private Path folder;

    @Test
    void rowsAreThereAfterARestart() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            execute(postgres, "create table kept(word text)");
            execute(postgres, "insert into kept values ('grüezi')");
        }
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(words(postgres)).isEqualTo("grüezi");
        }
    }

    @Test
    void oneThatSurvivedIsTakenOver() throws SQLException {
        var abandoned = EmbeddedPostgres.start(folder);
        execute(abandoned, "create table kept(word text)");
        execute(abandoned, "insert into kept values ('here')");

        try (var found = EmbeddedPostgres.start(folder)) {
            assertThat(found.port()).isEqualTo(abandoned.port());
            assertThat(words(found)).isEqualTo("here");
        }
        assertThatThrownBy(() -> words(abandoned)).isInstanceOf(SQLException.class);
    }

    @Test
    void oneThatWasKilledStartsAgainWithWhatWasCommitted() throws Exception {
        var killed = EmbeddedPostgres.start(folder);
        execute(killed, "create table kept(word text)");
        execute(killed, "insert into kept values ('committed')");
        ProcessHandle process = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid"))
                                .getFirst()))
                .orElseThrow();
        process.destroyForcibly();
        await().until(() -> !process.isAlive());

        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(words(postgres)).isEqualTo("committed");
        }
    }

    @Test
    void noteOfAnotherProgramsNumberDoesNotKeepItFromStarting() throws Exception {
        EmbeddedPostgres.start(folder).close();
        Files.writeString(
                folder.resolve("data/postmaster.pid"),
                "%d\n%s\n0\n1\n\n127.0.0.1\n".formatted(ProcessHandle.current().pid(), folder));

        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(postgres.port()).isPositive();
        }
    }

    @Test
    void wrongPasswordIsRefusedAndTheRightOneIsForTheOwnerOnly() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String words(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select word from kept")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
