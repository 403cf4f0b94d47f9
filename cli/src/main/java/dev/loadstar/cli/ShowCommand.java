package dev.loadstar.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code show}: a run as it is now. */
@Command(
        name = "show",
        description = "Shows a run: its verdict, or where it is.",
        footer = {"", "Exit code: 0 if it could be shown."})
final class ShowCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "RUN", description = "Its number, or project/number.")
    private String run = "";

    @Mixin
    private final ServerChoice server;

    @Option(names = "--json", description = "Print the result document.")
    private boolean json;

    ShowCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        var ref = RunRef.parse(run);
        var connection = ServerChoice.Connection.to(server.find());
        var answer = connection.api().show(ref);
        var source = answer.run().source();
        new Attempt(connection, screen, json).show(answer, source == null ? RunText.name(answer.run()) : source.path());
        return 0;
    }
}
