package dev.loadstar.validator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the operator decides about submissions.
 *
 * @param data folder of the server's data; the validator uses {@code git/} and {@code inspect/} in it
 * @param home the assembled product, one folder per program; inspections are cached per content of {@code executor-*}
 * @param tools names that {@code scenarios[].tool} may have because an executor for them is there
 * @param allowLocalGit whether {@code file:} addresses and local paths may be cloned
 * @param allowHosts the only hosts that tests may load, {@code *.example.org} covers all below; empty allows every host
 * @param denyHosts hosts that no test may load, stronger than {@code allowHosts}
 */
public record ValidatorSettings(
        Path data,
        Path home,
        Set<String> tools,
        boolean allowLocalGit,
        List<String> allowHosts,
        List<String> denyHosts,
        Limits limits) {

    private static final String EXECUTOR = "executor-";

    public ValidatorSettings {
        tools = Set.copyOf(tools);
        allowHosts = List.copyOf(allowHosts);
        denyHosts = List.copyOf(denyHosts);
    }

    /** Defaults: the tools whose executors are in {@code home}, no local git, every host that is not refused by itself. */
    public static ValidatorSettings of(Path data, Path home) {
        return new ValidatorSettings(data, home, toolsIn(home), false, List.of(), List.of(), Limits.DEFAULT);
    }

    public ValidatorSettings withLocalGit(boolean allowed) {
        return new ValidatorSettings(data, home, tools, allowed, allowHosts, denyHosts, limits);
    }

    public ValidatorSettings withHosts(List<String> allow, List<String> deny) {
        return new ValidatorSettings(data, home, tools, allowLocalGit, allow, deny, limits);
    }

    public ValidatorSettings withLimits(Limits other) {
        return new ValidatorSettings(data, home, tools, allowLocalGit, allowHosts, denyHosts, other);
    }

    private static Set<String> toolsIn(Path home) {
        if (!Files.isDirectory(home)) {
            return Set.of();
        }
        var tools = new TreeSet<String>();
        try (var programs = Files.newDirectoryStream(home, EXECUTOR + "*")) {
            programs.forEach(
                    program -> tools.add(program.getFileName().toString().substring(EXECUTOR.length())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tools;
    }

    /**
     * How big and slow a submission may be.
     *
     * @param bundleBytes all files of a commit or upload together, also what is fetched at once
     * @param bundleFiles number of them
     * @param git for reading a repository from afar
     * @param inspection for one inspection of a script
     */
    public record Limits(long bundleBytes, int bundleFiles, Duration git, Duration inspection) {
        public static final Limits DEFAULT =
                new Limits(512L << 20, 50_000, Duration.ofSeconds(50), Duration.ofSeconds(60));
    }
}
