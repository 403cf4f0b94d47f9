package dev.loadstar.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.IntSupplier;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of this machine with its data in a folder. It listens on 127.0.0.1 only and asks for a password that it
 * made itself. One that survived a crash of the process that started it is taken over as it is.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** Name of the one role and of the one database. */
    static final String NAME = "loadstar";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final Postmaster postmaster;
    private final int port;
    private final String password;

    private EmbeddedPostgres(Postmaster postmaster, int port, String password) {
        this.postmaster = postmaster;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts with data in that folder, made if it is not there, on a port that the folder remembers.
     *
     * @throws LoadstarException if it does not start, with what it said
     */
    public static EmbeddedPostgres start(Path folder) {
        return start(folder, () -> Ports.keptIn(folder.resolve("ports.json")).get("postgres"));
    }

    /** The same on that port. */
    public static EmbeddedPostgres start(Path folder, int port) {
        return start(folder, () -> port);
    }

    /** @param port asked for only when none is running in that folder already */
    static EmbeddedPostgres start(Path folder, IntSupplier port) {
        try {
            Folders.create(folder);
            var postmaster = new Postmaster(PostgresProgram.unpacked(), folder.toAbsolutePath());
            String password = password(folder.resolve("password"));
            if (!postmaster.isInitialised()) {
                postmaster.initialise(NAME, folder.resolve("password"));
            }
            var survivor = survivor(postmaster, password);
            return survivor.isPresent() ? survivor.get() : started(postmaster, port.getAsInt(), password);
        } catch (IOException | SQLException e) {
            throw new LoadstarException(ErrorCode.INTERNAL_ERROR, "PostgreSQL does not start: " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgres started(Postmaster postmaster, int port, String password) throws SQLException {
        postmaster.start(port);
        var postgres = new EmbeddedPostgres(postmaster, port, password);
        try {
            postgres.createDatabase();
            return postgres;
        } catch (SQLException e) {
            postgres.close();
            throw e;
        }
    }

    private static Optional<EmbeddedPostgres> survivor(Postmaster postmaster, String password) throws IOException {
        var port = postmaster.survivorPort();
        if (port.isEmpty()) {
            return Optional.empty();
        }
        var postgres = new EmbeddedPostgres(postmaster, port.getAsInt(), password);
        try {
            postgres.createDatabase();
            log.info("PostgreSQL on port {} was still running", port.getAsInt());
            return Optional.of(postgres);
        } catch (SQLException e) {
            log.warn(
                    "PostgreSQL on port {} was still running but does not answer: {}", port.getAsInt(), e.getMessage());
            postmaster.stop();
            return Optional.empty();
        }
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path next = file.resolveSibling("password.new");
            Folders.writePrivate(next, HexFormat.of().formatHex(random));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), NAME, password);
                var statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.executeUpdate("create database " + NAME);
        }
    }

    public String jdbcUrl() {
        return url(NAME);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?connectTimeout=10".formatted(port, database);
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    /** Stops it; what was committed is there at the next start. */
    @Override
    public void close() {
        postmaster.stop();
    }
}
