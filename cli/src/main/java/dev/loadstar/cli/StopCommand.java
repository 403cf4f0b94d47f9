package dev.loadstar.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stop}: no new load from now on. */
@Command(name = "stop", description = "Stops a run; requests under way may finish within its grace.")
final class StopCommand implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "RUN", description = "Its number, or project/number.")
    private String run = "";

    @Mixin
    private final ServerChoice server;

    @Option(names = "--json", description = "Print the result document.")
    private boolean json;

    StopCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        var api = server.find();
        var answer = api.stop(RunRef.parse(run));
        if (json) {
            screen.fact(answer.json());
        } else {
            screen.fact(RunText.aligned(
                    RunText.name(answer.run()) + " is stopping",
                    api.server().resolve(answer.run().links().page()).toString()));
        }
        return 0;
    }
}
