package dev.loadstar.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pin}: makes a run a baseline. */
@Command(
        name = "pin",
        description = "Makes a run a baseline for those after it.",
        footer = {
            "",
            "Tests with \"baseline\": {\"use\": \"pinned\"} are held against the pinned runs.",
            "Example: ./loadstar pin 42"
        })
final class PinCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private final RunChoice run = new RunChoice();

    @Option(names = "--off", description = "It is one no more.")
    private boolean off;

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    PinCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        var ref = run.ref();
        var answer = server.find().pin(ref, !off);
        screen.fact(
                output.json()
                        ? answer.json()
                        : RunText.name(answer.run()) + (off ? " is no baseline any more" : " is a baseline now"));
        return 0;
    }
}
