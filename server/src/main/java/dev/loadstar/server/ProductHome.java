package dev.loadstar.server;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** Where the assembled product is: the folder that holds one folder of jars per program. */
final class ProductHome {

    private ProductHome() {}

    /** As it is said by {@code loadstar.home} or {@code LOADSTAR_HOME}, else the folder that this program is part of. */
    static Path find() {
        String said = firstSet(System.getProperty("loadstar.home"), System.getenv("LOADSTAR_HOME"));
        Path home = said == null ? ownPlace() : Path.of(said);
        return home.toAbsolutePath().normalize();
    }

    private static @Nullable String firstSet(@Nullable String one, @Nullable String other) {
        return one == null || one.isBlank() ? other : one;
    }

    private static Path ownPlace() {
        try {
            Path self = Path.of(ProductHome.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(self)) {
                return self.resolve("../..").normalize();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path is no file", e);
        }
        throw new StartFailure(
                "the assembled product is not known.", "Say where it is with -Dloadstar.home or LOADSTAR_HOME.");
    }
}
