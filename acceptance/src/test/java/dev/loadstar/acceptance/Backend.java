package dev.loadstar.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A Kafka or a PostgreSQL as a process of its own, as the product embeds it, with its data in a folder. */
final class Backend implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    private final String kind;
    private final Path folder;
    private Process process;

    private Backend(String kind, Path folder) throws IOException {
        this.kind = kind;
        this.folder = Files.createDirectories(folder);
        this.process = launch();
    }

    static Backend kafka(Path folder) throws IOException {
        return new Backend("kafka", folder);
    }

    /** Its process is the one that starts it; PostgreSQL itself goes on without that. */
    static Backend postgres(Path folder) throws IOException {
        return new Backend("postgres", folder);
    }

    private Process launch() throws IOException {
        Files.deleteIfExists(folder.resolve("address"));
        Path source = folder.resolve("Backend.java");
        try (InputStream text = Backend.class.getResourceAsStream("Backend.java")) {
            Files.write(source, text == null ? new byte[0] : text.readAllBytes());
        }
        Path logging = Files.writeString(
                folder.resolve("logback.xml"), "<configuration><root level=\"off\"/></configuration>");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Dlogback.configurationFile=" + logging,
                        "-cp",
                        StandaloneServer.HOME.resolve("server") + "/*",
                        source.toString(),
                        kind,
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("console.log").toFile()))
                .start();
    }

    /** Where clients find it, once it is up. */
    String address() {
        Waiting.until(kind + " in " + folder, STARTS_WITHIN, () -> Files.exists(folder.resolve("address")));
        try {
            return Files.readString(folder.resolve("address"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        postmaster().ifPresent(ProcessHandle::destroyForcibly);
    }

    void restart() throws IOException {
        process = launch();
    }

    /** Of a PostgreSQL. */
    private Optional<ProcessHandle> postmaster() {
        Path note = folder.resolve("data").resolve("postmaster.pid");
        try {
            return kind.equals("postgres") && Files.exists(note)
                    ? ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(note).getFirst().strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        postmaster().ifPresent(running -> {
            running.destroy();
            running.onExit().join();
        });
    }
}
