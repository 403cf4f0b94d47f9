package dev.loadstar.cli;

import java.util.function.Supplier;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code secret}: values that definitions refer to by name, kept by the server. */
@Command(
        name = "secret",
        description = "Sets, lists and removes a project's secrets.",
        footer = {
            "",
            "A definition refers to one as {\"name\": \"TOKEN\", \"from\": \"project:checkout-token\"}.",
            "",
            "Example: ./loadstar secret set checkout-token < token.txt"
        })
final class SecretCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private SecretCommand() {}

    static CommandLine with(Screen screen, Supplier<ServerChoice> server) {
        return new CommandLine(new SecretCommand())
                .addSubcommand(new SecretSetCommand(screen, server.get(), System.in))
                .addSubcommand(new SecretListCommand(screen, server.get()))
                .addSubcommand(new SecretRemoveCommand(screen, server.get()));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: set, list or remove");
    }
}
