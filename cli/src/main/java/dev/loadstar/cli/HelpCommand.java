package dev.loadstar.cli;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code help}: how a command is used. */
@Command(
        name = "help",
        description = "Tells how a command is used.",
        footer = {"", "Example: ./loadstar help run"})
final class HelpCommand implements Runnable {

    private final Screen screen;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, such as run or secret set.")
    private List<String> path = new ArrayList<>();

    HelpCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void run() {
        var command = spec.root().commandLine();
        for (String name : path) {
            var next = command.getSubcommands().get(name);
            if (next == null) {
                throw new UnmatchedArgumentException(command, List.of(name));
            }
            command = next;
        }
        screen.fact(command.getUsageMessage().stripTrailing());
    }
}
