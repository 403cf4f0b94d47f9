package dev.loadstar.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: a server, a target and a first run, with nothing to prepare. */
@Command(
        name = "demo",
        description = "Starts a server and a demo shop and runs the shop's test.",
        footer = {
            "",
            "It goes on serving after the run; everything that it started ends with it.",
            "",
            "Example: ./loadstar demo --exit"
        })
final class DemoCommand implements Callable<Integer> {

    private static final int TARGET_PORT = 8090;
    private static final List<String> TARGET_JVM = List.of("-Xmx128m");
    private static final Duration TARGET_START = Duration.ofSeconds(30);
    private static final Duration AT_MOST = Duration.ofMinutes(15);

    private final Screen screen;
    private final ServerChoice server;

    @Option(names = "--exit", description = "End after the run, with its exit code.")
    private boolean exit;

    @Mixin
    private final Output output = new Output();

    DemoCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        var words = output.words(screen);
        try (var connection = connect(words);
                var target = Target.start(server, words);
                var repository =
                        DemoRepository.of(server.home().resolve("examples").resolve("shop"), target.address())) {
            var submission = new Submission(RunRef.DEFAULT_PROJECT, repository.source(), Map.of(), null, Map.of());
            int code = new Attempt(connection, screen, output).run(submission, AT_MOST);
            if (!exit) {
                serve(connection, words);
            }
            words.live("stopping …");
            return code;
        }
    }

    private ServerChoice.Connection connect(Screen words) throws IOException, InterruptedException {
        var running = server.local();
        if (running.isPresent()) {
            words.fact(RunText.aligned("Loadstar is up", running.get().server() + "   (it was running already)"));
            return ServerChoice.Connection.to(running.get());
        }
        var own = OwnServer.start(server.home(), server.data(), List.of("--allow-local-git"), words);
        words.fact(RunText.aligned(
                "Loadstar is up", own.signIn() + "   data in " + server.data().shortly()));
        return new ServerChoice.Connection(server.api(own.address()), own, !exit);
    }

    private static void serve(ServerChoice.Connection connection, Screen words) throws InterruptedException {
        words.fact("Serving until Ctrl-C. Next: ./loadstar init in a repository of your own.");
        var own = connection.own();
        while (own == null || own.isAlive()) {
            TimeUnit.SECONDS.sleep(1);
        }
        throw new CliError(CliError.BROKEN, "the server has ended");
    }

    /** The demo shop as a child of this program. */
    private record Target(Child child, URI address) implements AutoCloseable {

        static Target start(ServerChoice server, Screen words) throws IOException, InterruptedException {
            int port = OwnServer.freePort(TARGET_PORT);
            Path log = Files.createDirectories(server.data().path()).resolve("demo-target.log");
            var child = Child.start(
                    server.home(), "demo-target", TARGET_JVM, List.of("--port", Integer.toString(port)), log);
            Cleanup.onExit(child);
            var line = child.line("Demo target is up", TARGET_START, () -> words.live("Starting the demo target …"));
            if (line.isEmpty()) {
                throw new CliError(
                        CliError.BROKEN,
                        "the demo target did not start",
                        child.tail(5).toArray(String[]::new));
            }
            var address = URI.create("http://127.0.0.1:" + port);
            words.fact(RunText.aligned("Demo target is up", address.toString()));
            return new Target(child, address);
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
