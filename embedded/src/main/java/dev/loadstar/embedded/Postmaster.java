package dev.loadstar.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import com.sun.security.auth.module.UnixSystem;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;

/**
 * PostgreSQL's own process over one data folder, driven by {@code initdb} and {@code pg_ctl}. The latter gives it a
 * session of its own, so that a Ctrl-C in the terminal does not reach it.
 */
final class Postmaster {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long LOG_LIMIT_BYTES = 10_000_000;

    private final Path program;
    private final Path data;
    private final Path log;

    Postmaster(Path program, Path folder) {
        this.program = program;
        this.data = folder.resolve("data");
        this.log = folder.resolve("postgres.log");
    }

    boolean isInitialised() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    /** Makes the data folder with one role that signs in with the password in that file. */
    void initialise(String role, Path passwordFile) throws IOException {
        Path arriving = data.resolveSibling("data.new");
        Folders.delete(arriving);
        Folders.delete(data);
        run(
                "initdb",
                "-D",
                arriving.toString(),
                "-U",
                role,
                "--pwfile=" + passwordFile.toAbsolutePath(),
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        Files.move(arriving, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Starts it and waits until it takes connections. */
    void start(int port) throws LoadstarException {
        try {
            if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
                Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            run("pg_ctl", "-D", data.toString(), "-l", log.toString(), "-w", "-t", "60", "-o", settings(port), "start");
        } catch (IOException | LoadstarException e) {
            throw new LoadstarException(
                    ErrorCode.INTERNAL_ERROR,
                    "PostgreSQL does not start: %s%n%s".formatted(e.getMessage(), logTail()),
                    e);
        }
    }

    /** Small: its neighbours on the machine are a server, workers and executors. Parallel workers would need /dev/shm. */
    private static String settings(int port) {
        return String.join(
                " -c ",
                "-h 127.0.0.1 -p %d -k ''".formatted(port),
                "shared_buffers=64MB",
                "max_connections=60",
                "max_parallel_workers_per_gather=0",
                "max_parallel_maintenance_workers=0",
                "jit=off",
                "io_method=sync",
                "max_wal_size=256MB",
                "log_checkpoints=off");
    }

    void stop() {
        if (!Files.exists(data.resolve("postmaster.pid"))) {
            return;
        }
        try {
            run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "-t", "20", "stop");
        } catch (LoadstarException slow) {
            run("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "-t", "20", "stop");
        }
    }

    /** The port of one that already runs over this folder; a note left by one that does not run any more is removed. */
    OptionalInt survivorPort() throws IOException {
        Path note = data.resolve("postmaster.pid");
        if (!Files.exists(note)) {
            return OptionalInt.empty();
        }
        List<String> lines = Files.readAllLines(note);
        if (lines.size() > 3 && isOurs(Long.parseLong(lines.getFirst().strip()))) {
            return OptionalInt.of(Integer.parseInt(lines.get(3).strip()));
        }
        // Its process number may meanwhile be that of another program, and PostgreSQL would then refuse to start.
        Files.deleteIfExists(note);
        return OptionalInt.empty();
    }

    private static boolean isOurs(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("/bin/postgres"))
                .isPresent();
    }

    private void run(String tool, String... arguments) {
        var command = new ArrayList<String>();
        boolean root = new UnixSystem().getUid() == 0;
        if (root) {
            // PostgreSQL refuses to run as root; in a user namespace without a mapping it sees nobody instead.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program.resolve("bin").resolve(tool).toString());
        command.addAll(List.of(arguments));
        try {
            Command.run(command, PATIENCE);
        } catch (LoadstarException e) {
            throw root && e.detail().contains("unshare") && e.detail().contains("not permitted") ? rootRefused(e) : e;
        }
    }

    private static LoadstarException rootRefused(LoadstarException cause) {
        return new LoadstarException(
                ErrorCode.INTERNAL_ERROR,
                "PostgreSQL refuses to run as root, and this system allows no user namespace to hide that."
                        + " Start Loadstar as an ordinary user, or give it a database with -D spring.datasource.url=…",
                cause);
    }

    private String logTail() {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e.getMessage() + ")";
        }
    }
}
