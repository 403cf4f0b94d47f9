package dev.loadstar.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code validate}: everything that is wrong with a test, without running it. */
@Command(
        name = "validate",
        description = "Tells all that is wrong with a test; starts nothing.",
        footer = {"", "Exit code: 0 valid, 2 not.", "", "Example: ./loadstar validate ."})
final class ValidateCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private final Check check;

    ValidateCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.check = new Check(server);
    }

    @Override
    public Integer call() throws Exception {
        return check.check(screen, (name, valid) -> PlanText.summary("valid", name, valid, screen.paint()));
    }
}
