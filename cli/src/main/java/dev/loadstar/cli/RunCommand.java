package dev.loadstar.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: hand in, watch, judge. */
@Command(
        name = "run",
        description = "Runs a test and waits for its verdict.",
        footer = {
            "",
            "Exit code: 0 passed or warned, 1 errored, 2 refused (nothing started), 3 failed,",
            "           4 aborted, 5 invalid, 6 gave up waiting, the run goes on.",
            "Where no server answers and none is named, one is started for this run.",
            "",
            "Example: ./loadstar run . --label build=417 --target https://staging.example.org"
        })
final class RunCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private final SourceChoice source = new SourceChoice();

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Waiting waiting = new Waiting();

    @Option(names = "--no-wait", description = "Print the run's number and do not wait.")
    private boolean noWait;

    RunCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        var submission = source.submission();
        if (noWait) {
            return attempt(ServerChoice.Connection.to(server.find())).submit(submission);
        }
        try (var connection = server.findOrStart(output.words(screen))) {
            return attempt(connection).run(submission, waiting.atMost());
        }
    }

    private Attempt attempt(ServerChoice.Connection connection) {
        return new Attempt(connection, screen, output);
    }
}
