package dev.loadstar.cli;

import java.time.ZoneId;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code secret list}: names, never values. */
@Command(
        name = "list",
        description = "Lists secrets by name.",
        footer = {"", "Example: ./loadstar secret list --project payments"})
final class SecretListCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private final ProjectChoice project = new ProjectChoice();

    @Mixin
    private final ServerChoice server;

    @Mixin
    private final Output output = new Output();

    SecretListCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        String owner = project.name();
        var answer = server.find().secrets(owner);
        if (output.json()) {
            screen.fact(answer.json());
        } else if (answer.secrets().isEmpty()) {
            screen.fact("project " + owner + " has no secrets");
        } else {
            var table = new Table().left(1, 2).row("secret", "changed", "by");
            answer.secrets()
                    .forEach(secret -> table.row(
                            secret.name(), Figures.when(secret.changed(), ZoneId.systemDefault()), secret.changedBy()));
            screen.paint().heading(table.lines(screen.columns())).forEach(screen::fact);
        }
        return 0;
    }
}
