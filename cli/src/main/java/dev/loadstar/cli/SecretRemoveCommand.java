package dev.loadstar.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code secret remove}: tests that refer to it are refused from now on. */
@Command(
        name = "remove",
        description = "Removes a secret; tests that refer to it are refused from now on.",
        footer = {"", "Example: ./loadstar secret remove checkout-token"})
final class SecretRemoveCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private final SecretName name = new SecretName();

    @Mixin
    private final ProjectChoice project = new ProjectChoice();

    @Mixin
    private final ServerChoice server;

    SecretRemoveCommand(Screen screen, ServerChoice server) {
        this.screen = screen;
        this.server = server;
    }

    @Override
    public Integer call() throws Exception {
        String secret = name.checked();
        String owner = project.name();
        server.find().removeSecret(owner, secret);
        screen.fact("secret " + secret + " of project " + owner + " is removed");
        return 0;
    }
}
