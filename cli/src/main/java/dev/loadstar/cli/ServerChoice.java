package dev.loadstar.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command talks to. */
final class ServerChoice {

    private static final URI USUAL = URI.create("http://127.0.0.1:8080");

    private final Map<String, String> environment;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server; LOADSTAR_SERVER names one too. Otherwise the one of this machine.")
    private @Nullable String named;

    ServerChoice(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * A server to talk to.
     *
     * @param own null unless it was started by this command
     * @param stays whether it will be there when the command has said its last word
     */
    record Connection(Api api, @Nullable OwnServer own, boolean stays) implements AutoCloseable {

        static Connection to(Api api) {
            return new Connection(api, null, true);
        }

        /** How to get to a page of it. */
        String link(String page) {
            return (stays ? "" : "./loadstar up, then ") + api.server().resolve(page);
        }

        @Override
        public void close() {
            if (own != null) {
                own.close();
            }
        }
    }

    DataDirectory data() {
        return DataDirectory.standard(environment);
    }

    /** The assembled product that this program is part of. */
    Path home() {
        String home = System.getProperty("loadstar.home", environment.get("LOADSTAR_HOME"));
        if (home == null) {
            throw new CliError(
                    CliError.BROKEN, "the product's folder is not known", "Start this program with ./loadstar.");
        }
        return Path.of(home);
    }

    /** A server that answers; it is an error if there is none. */
    Api find() {
        return answering()
                .orElseThrow(() -> new CliError(
                        CliError.BROKEN,
                        "no server answers on this machine",
                        "Start one with ./loadstar up, or name one with --server or LOADSTAR_SERVER."));
    }

    /** The server that answers, or one that is started for this command. */
    Connection findOrStart(Screen screen) throws IOException, InterruptedException {
        var found = answering();
        if (found.isPresent()) {
            return Connection.to(found.get());
        }
        var own = OwnServer.start(home(), data(), List.of(), screen);
        return new Connection(api(own.address()), own, false);
    }

    /** The server that keeps its data in this user's data directory, if it runs. */
    Optional<Api> local() {
        return data().server().map(this::api).filter(ServerChoice::takesRuns);
    }

    /** Talks to that server as this user. */
    Api api(URI server) {
        String token = environment.get("LOADSTAR_TOKEN");
        boolean here = List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(server.getHost()));
        return new Api(new Http(
                server,
                token != null && !token.isBlank()
                        ? Optional.of(token.strip())
                        : here ? data().token() : Optional.<String>empty(),
                Certificates.of(environment)));
    }

    /** The server that was named, which must answer, or one of this machine. */
    private Optional<Api> answering() {
        var explicit = explicit().map(this::api);
        if (explicit.isEmpty()) {
            return local().or(() -> Optional.of(api(USUAL)).filter(ServerChoice::takesRuns));
        }
        return switch (explicit.get().health()) {
            case Health.Up() -> explicit;
            case Health.NotReady(String detail) -> throw notReady(explicit.get(), detail);
            case Health.Absent(CliError why) -> throw why;
        };
    }

    private static boolean takesRuns(Api api) {
        return switch (api.health()) {
            case Health.Up() -> true;
            case Health.NotReady(String detail) -> throw notReady(api, detail);
            case Health.Absent ignored -> false;
        };
    }

    private static CliError notReady(Api api, String detail) {
        return new CliError(
                CliError.BROKEN,
                "the server at " + api.server() + " cannot take runs now: " + detail,
                "Try again when it is ready; its server.log says what it waits for.");
    }

    private Optional<URI> explicit() {
        String text = named == null ? environment.get("LOADSTAR_SERVER") : named;
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            var uri = URI.create(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new CliError(
                CliError.REFUSED, "'" + text + "' is not the address of a server", "Such as http://127.0.0.1:8080.");
    }
}
