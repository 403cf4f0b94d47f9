package dev.loadstar.cli;

import java.time.Duration;
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
            "Exit code: 0 passed or warned, 1 errored, 2 refused (nothing started), 3 failed, 4 aborted,",
            "           5 invalid, 6 gave up waiting, the run goes on.",
            "Where no server answers and none is named, one is started for this run."
        })
final class RunCommand implements Callable<Integer> {

    private static final Duration NO_LIMIT = Duration.ofDays(365);

    private final Screen screen;

    @Mixin
    private final SourceChoice source = new SourceChoice();

    @Mixin
    private final ServerChoice server;

    @Option(names = "--json", description = "Print the result document on stdout and nothing else.")
    private boolean json;

    @Option(names = "--no-wait", description = "Print the run's number and do not wait.")
    private boolean noWait;

    @Option(
            names = "--wait-max",
            paramLabel = "TIME",
            description = "Give up waiting after this, such as 30m; the run goes on.")
    private Duration waitMax = NO_LIMIT;

    RunCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        var what = source.source();
        if (noWait) {
            return attempt(ServerChoice.Connection.to(server.find())).submit(source.project(), what, source.labels());
        }
        try (var connection = server.findOrStart(json ? screen.besideJson() : screen)) {
            return attempt(connection).run(source.project(), what, source.labels(), waitMax);
        }
    }

    private Attempt attempt(ServerChoice.Connection connection) {
        return new Attempt(connection, screen, json);
    }
}
