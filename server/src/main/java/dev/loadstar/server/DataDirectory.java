package dev.loadstar.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

import dev.loadstar.contract.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

/** Everything that one server keeps: a folder for its owner only, used by one server at a time. */
final class DataDirectory implements AutoCloseable {

    /** Raised when an older server could not read what this one writes. */
    private static final int VERSION = 1;

    private static final int MASTER_KEY_BYTES = 32;

    private final Path folder;
    private final FileChannel lock;

    private DataDirectory(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** {@code LOADSTAR_DATA}, else {@code loadstar} in the user's data home; the command line looks there too. */
    static Path defaultPlace() {
        String named = System.getenv("LOADSTAR_DATA");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        String xdg = System.getenv("XDG_DATA_HOME");
        Path home = xdg == null || xdg.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(xdg);
        return home.resolve("loadstar");
    }

    /**
     * Takes the folder, made if it is not there, until {@link #close()} or the end of the process.
     *
     * @throws StartFailure if another server has it, a newer one wrote it, or it cannot be written
     */
    static DataDirectory open(Path folder) {
        try {
            checkVersion(folder);
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            var lock = lock(folder);
            var data = new DataDirectory(folder, lock);
            try {
                data.keepVersion();
                return data;
            } catch (IOException e) {
                data.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartFailure(
                    "the data directory %s cannot be used: %s".formatted(folder, e),
                    "Choose a folder that you can write with --data DIR.",
                    e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("server.lock"), CREATE, WRITE);
        try {
            if (channel.tryLock() != null) {
                channel.truncate(0);
                byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
                channel.write(ByteBuffer.wrap(pid));
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another server in this very process: the same answer.
        }
        channel.close();
        throw new StartFailure(
                "%s uses the data directory %s.".formatted(owner(folder), folder),
                "Use that one, end it, or choose another folder with --data DIR.");
    }

    private static String owner(Path folder) {
        String pid = pid(folder);
        try {
            var notice = Json.read(Files.readString(folder.resolve("server.json")), Notice.class);
            if (pid.isEmpty() || pid.equals(Long.toString(notice.pid()))) {
                return "another server (%s, process %d)".formatted(notice.url(), notice.pid());
            }
        } catch (IOException | JacksonException e) {
            // It has not told yet where it is.
        }
        return pid.isEmpty()
                ? "another server, which is just starting,"
                : "another server (process %s), which is just starting,".formatted(pid);
    }

    /** As whoever holds the lock has written it there. */
    private static String pid(Path folder) {
        try {
            return Files.readString(folder.resolve("server.lock")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Before anything in the folder is touched. */
    private static void checkVersion(Path folder) throws IOException {
        Path file = folder.resolve("version");
        if (!Files.exists(file)) {
            return;
        }
        try {
            int version = Integer.parseInt(Files.readString(file).strip());
            if (version > VERSION) {
                throw new StartFailure(
                        "the data directory %s was written by a newer Loadstar (format %d, this one knows %d)."
                                .formatted(folder, version, VERSION),
                        "Start the newer one, or choose another folder with --data DIR.");
            }
        } catch (NumberFormatException e) {
            throw new StartFailure(
                    "%s is not the number of a format.".formatted(file),
                    "Choose another folder with --data DIR, or restore the file from a backup.",
                    e);
        }
    }

    private void keepVersion() throws IOException {
        if (!Files.exists(folder.resolve("version"))) {
            writePrivate("version", Integer.toString(VERSION));
        }
    }

    Path folder() {
        return folder;
    }

    Path log() {
        return folder.resolve("server.log");
    }

    /** The key from which the keys of all runs are derived, in hex; made on the first call. */
    String masterKey() {
        try {
            Path file = folder.resolve("master.key");
            if (!Files.exists(file)) {
                byte[] key = new byte[MASTER_KEY_BYTES];
                new SecureRandom().nextBytes(key);
                writePrivate("master.key", HexFormat.of().formatHex(key));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartFailure(
                    "the master key in %s cannot be read: %s".formatted(folder, e), "Mend that and start again.", e);
        }
    }

    /** Tells programs on this machine where the server is, until {@link #close()}. */
    void announce(String url) throws IOException {
        var notice = new Notice(
                url,
                ProcessHandle.current().pid(),
                Instant.now(),
                folder.resolve("cli-token").toString());
        writePrivate("server.json", Json.writePretty(notice));
    }

    private void writePrivate(String name, String text) throws IOException {
        Path arriving = folder.resolve(name + ".new");
        Files.deleteIfExists(arriving);
        Files.createFile(arriving, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(arriving, text + System.lineSeparator());
        Files.move(arriving, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        try (lock) {
            Files.deleteIfExists(folder.resolve("server.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give back " + folder, e);
        }
    }

    private record Notice(
            String url,
            long pid,
            @Nullable Instant startedAt,
            @Nullable String tokenFile) {}
}
