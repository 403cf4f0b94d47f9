package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.loadstar.contract.plan.Inspection;
import org.jspecify.annotations.Nullable;

/**
 * What builds use of this machine.
 *
 * @param maven an unpacked distribution of Maven; it comes with this program
 * @param mirror address of the one Maven repository that Maven is let fetch from; null where it is let fetch nothing
 * @param cache for what Maven fetched, shared by builds
 * @param scratch folder for what nobody needs afterwards
 */
public record BuildTools(Path maven, @Nullable String mirror, Path cache, Path scratch) {

    private static final String MAVEN = "maven";
    private static final String SCRATCH = "build";

    /** Of an inspection: what its job was told, and Maven beside the jar of this class. */
    public static BuildTools of(Map<String, String> environment) {
        Path scratch = Path.of(SCRATCH).toAbsolutePath();
        String cache = environment.get(Inspection.CACHE_VARIABLE);
        return new BuildTools(
                program().resolve(MAVEN),
                environment.get(Inspection.MIRROR_VARIABLE),
                cache == null ? scratch.resolve("fetched") : Path.of(cache),
                scratch);
    }

    private static Path program() {
        try {
            Path jar = Path.of(BuildTools.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path consists of paths", e);
        }
    }

    /** A new folder in the scratch. */
    Path temporary(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(scratch), name);
    }
}
