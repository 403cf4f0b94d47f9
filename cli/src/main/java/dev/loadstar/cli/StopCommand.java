package dev.loadstar.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code stop}: no new load from now on. */
@Command(
        name = "stop",
        description = "Stops a run; what is under way may finish within its grace.",
        footer = {"", "Example: ./loadstar stop 42"})
final class StopCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private final RunChoice run = new RunChoice();

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    StopCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        var ref = run.ref();
        var connection = ServerChoice.Connection.to(server.find());
        var answer = connection.api().stop(ref);
        if (output.json()) {
            screen.fact(answer.json());
        } else {
            screen.fact(RunText.aligned(
                    RunText.name(answer.run()) + " is stopping",
                    connection.link(answer.run().links().page())));
        }
        return 0;
    }
}
