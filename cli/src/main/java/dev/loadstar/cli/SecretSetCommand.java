package dev.loadstar.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code secret set}: the value comes from a file, a pipe or a prompt, never from an argument, where others can see it. */
@Command(
        name = "set",
        description = "Keeps a secret's value, which never comes back.",
        footer = {
            "",
            "The value is read from stdin, without the line's end; in a terminal it is asked for.",
            "",
            "Example: pass show checkout | ./loadstar secret set checkout-token"
        })
final class SecretSetCommand implements Callable<Integer> {

    /** What the server keeps at most, in bytes. */
    private static final int LARGEST = 64 << 10;

    private final Screen screen;
    private final InputStream in;

    @Mixin
    private final SecretName name = new SecretName();

    @Parameters(index = "1..*", hidden = true)
    private List<String> values = new ArrayList<>();

    @Mixin
    private final ProjectChoice project = new ProjectChoice();

    @Mixin
    private final ServerChoice server;

    SecretSetCommand(Screen screen, ServerChoice server, InputStream in) {
        this.screen = screen;
        this.server = server;
        this.in = in;
    }

    @Override
    public Integer call() throws Exception {
        if (!values.isEmpty()) {
            throw new CliError(
                    CliError.REFUSED,
                    "a value is never an argument: the shell's history and the list of processes would show it",
                    "./loadstar secret set " + name.checked() + " asks for it; or pipe it in.");
        }
        String secret = name.checked();
        String owner = project.name();
        server.find().setSecret(owner, secret, value());
        screen.fact("secret " + secret + " of project " + owner + " is set");
        return 0;
    }

    private String value() throws IOException {
        String value = screen.look().input() ? asked() : piped();
        if (value.isEmpty()) {
            throw new CliError(CliError.REFUSED, "the value is empty", "Nothing was changed.");
        }
        return value;
    }

    private static String asked() {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("value (not shown): "))
                .map(String::new)
                .orElseThrow(
                        () -> new CliError(CliError.REFUSED, "there is nobody to ask for the value", "Pipe it in."));
    }

    private String piped() throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new CliError(CliError.REFUSED, "the value is too large", "Is it the right file?");
        }
        return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
    }
}
