package dev.loadstar.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code show}: a run as it is now. */
@Command(
        name = "show",
        description = "Shows a run: its verdict, or where it is.",
        footer = {"", "Exit code: 0 if it could be shown.", "", "Example: ./loadstar show 42 --json"})
final class ShowCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private final RunChoice run = new RunChoice();

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    ShowCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        var ref = run.ref();
        var connection = ServerChoice.Connection.to(server.find());
        var answer = connection.api().show(ref);
        new Attempt(connection, screen, output).show(answer, RunText.definition(answer.run()));
        return 0;
    }
}
