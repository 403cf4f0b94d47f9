package dev.loadstar.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The folder in which a server on this machine keeps everything; what it says about itself there is how its neighbours find it. */
record DataDirectory(Path path) {

    /** {@code LOADSTAR_DATA}, else the place that the desktop standard has for such data. */
    static DataDirectory standard(Map<String, String> environment) {
        String named = environment.get("LOADSTAR_DATA");
        if (named != null && !named.isBlank()) {
            return new DataDirectory(Path.of(named).toAbsolutePath());
        }
        String xdg = environment.get("XDG_DATA_HOME");
        Path share = xdg == null || xdg.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "share")
                : Path.of(xdg);
        return new DataDirectory(share.resolve("loadstar").toAbsolutePath());
    }

    /** Where the server that uses this folder listens, or last did. */
    Optional<URI> server() {
        try {
            String url = Json.read(Files.readString(path.resolve("server.json")), ServerFile.class)
                    .url();
            return url == null ? Optional.empty() : Optional.of(URI.create(url));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The token that a server gives to users of this machine who may read its folder. */
    Optional<String> token() {
        try {
            return Optional.of(Files.readString(path.resolve("cli-token")).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The path as people write it. */
    String shortly() {
        var home = Path.of(System.getProperty("user.home"));
        return path.startsWith(home) ? "~/" + home.relativize(path) : path.toString();
    }

    private record ServerFile(@Nullable String url) {}
}
