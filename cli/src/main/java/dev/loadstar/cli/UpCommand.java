package dev.loadstar.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}, as far as help and completion go: the script starts the server itself. */
@Command(
        name = "up",
        description = "Starts a server and prints a one-time sign-in link.",
        footer = {"", "docs/configuration.md lists the properties.", "", "Example: ./loadstar up --port 9000"})
@SuppressWarnings("unused") // the options are the script's
final class UpCommand implements Runnable {

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on; 8080 otherwise, 0 for a free one.")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder to keep everything in; LOADSTAR_DATA or ~/.local/share/loadstar otherwise.")
    private @Nullable String data;

    @Option(names = "--allow-local-git", description = "Repositories on this machine's disk may be read.")
    private boolean localGit;

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "A property of the server; may be repeated.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Override
    public void run() {
        throw new CliError(CliError.REFUSED, "the script ./loadstar starts the server", "Use ./loadstar up.");
    }
}
