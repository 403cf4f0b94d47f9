package dev.loadstar.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.loadstar.acceptance.Fault.Outcome;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.demo.DemoTarget;
import org.jspecify.annotations.Nullable;

/** A server on which things go wrong, in one run after the other or in several at once, each with a target of its own. */
final class FaultBench implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Beside the room that is kept for an executor's last word, for some ten seconds of twenty labels. */
    private static final int SMALL_SPOOL_BYTES = (64 + 24) << 10;

    private final Path folder;
    private final StandaloneServer server;
    private final @Nullable SeparateParts parts;

    private FaultBench(Path folder, StandaloneServer server) {
        this.folder = folder;
        this.server = server;
        this.parts = null;
    }

    private FaultBench(Path folder, SeparateParts parts) {
        this.folder = folder;
        this.server = parts.api();
        this.parts = parts;
    }

    static FaultBench start(Path folder, Fault.Place place) throws IOException {
        Path data = folder.resolve("data");
        return switch (place) {
            case ORDINARY, ALONE -> new FaultBench(folder, StandaloneServer.start(data));
            case SMALL_SPOOL ->
                new FaultBench(
                        folder, StandaloneServer.start(data, homeWithSmallSpools(folder.resolve("home")), List.of()));
            case SMALL_DISK ->
                new FaultBench(
                        folder,
                        StandaloneServer.start(data, StandaloneServer.HOME, withSmallDisk(data.resolve("jobs"))));
            case SEPARATE -> new FaultBench(folder, SeparateParts.start(folder));
        };
    }

    StandaloneServer server() {
        return server;
    }

    /** One run, from its submission to its end. */
    Outcome carryOut(Fault fault, String tool) throws Exception {
        try (var target = DemoTarget.start(0)) {
            var files = fault.test().files(tool, target.port());
            RunDocument run = server.api().submit(GitRepository.with(folder.resolve(fault.name() + "-" + tool), files));
            fault.happening().to(new Going(server, parts, target, run));
            RunDocument ended = server.api().awaitFinished(run.number(), PATIENCE);
            return new Outcome(ended, target.arrivals().size());
        }
    }

    @Override
    public void close() {
        if (parts == null) {
            server.close();
        } else {
            parts.close();
        }
    }

    /** The same programs, whose executors are told what an operator may tell them. */
    private static Path homeWithSmallSpools(Path home) throws IOException {
        try (Stream<Path> programs = Files.list(StandaloneServer.HOME)) {
            for (Path program : programs.filter(Files::isDirectory).toList()) {
                Path copy = Files.createDirectories(home.resolve(program.getFileName()));
                try (Stream<Path> files = Files.list(program)) {
                    for (Path file : files.toList()) {
                        Files.createSymbolicLink(copy.resolve(file.getFileName()), file);
                    }
                }
                Path arguments = program.resolve("launch.args");
                if (program.getFileName().toString().startsWith("executor-") && Files.exists(arguments)) {
                    Path own = copy.resolve("launch.args");
                    Files.delete(own);
                    Files.writeString(
                            own,
                            "-Dloadstar.executor.spool.bytes=%d%n%s"
                                    .formatted(SMALL_SPOOL_BYTES, Files.readString(arguments)));
                }
            }
        }
        return home;
    }

    private static List<String> withSmallDisk(Path jobs) throws IOException {
        Files.createDirectories(jobs);
        return List.of(
                "unshare",
                "-Urm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=64m tmpfs \"$0\" && exec \"$@\"",
                jobs.toAbsolutePath().toString());
    }
}
