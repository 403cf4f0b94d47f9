package dev.loadstar.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plan}: what each executor would do, in numbers. */
@Command(
        name = "plan",
        description = "Shows each executor's share in numbers; starts nothing.",
        footer = {
            "",
            "Users are those at the end of a stage. Exit code: 0 valid, 2 not.",
            "",
            "Example: ./loadstar plan . --target http://127.0.0.1:8090"
        })
final class PlanCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private final Check check;

    PlanCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.check = new Check(server);
    }

    @Override
    public Integer call() throws Exception {
        return check.check(screen, (name, valid) -> PlanText.of(name, valid, screen.columns(), screen.paint()));
    }
}
