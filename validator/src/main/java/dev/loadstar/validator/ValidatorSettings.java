package dev.loadstar.validator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.loadstar.validator.artifact.ArtifactSettings;
import dev.loadstar.validator.definition.Tools;

/**
 * What the operator decides about submissions.
 *
 * @param data folder of the server's data; the validator uses {@code git/} and {@code inspect/} in it
 * @param home the assembled product, one folder per program; inspections are cached per content of {@code executor-*}
 * @param tools that scenarios may name because an executor for them is there
 * @param allowLocalGit whether {@code file:} addresses and local paths may be cloned
 * @param allowHosts the only hosts that tests may load, {@code *.example.org} covers all below; empty allows every host
 * @param denyHosts hosts that no test may load, stronger than {@code allowHosts}
 * @param artifacts where libraries come from that scenarios ask for
 * @param prometheus names of the Prometheus servers that tests may ask
 */
public record ValidatorSettings(
        Path data,
        Path home,
        Tools tools,
        boolean allowLocalGit,
        List<String> allowHosts,
        List<String> denyHosts,
        ArtifactSettings artifacts,
        Set<String> prometheus,
        Limits limits) {

    public ValidatorSettings {
        allowHosts = List.copyOf(allowHosts);
        denyHosts = List.copyOf(denyHosts);
        prometheus = Set.copyOf(prometheus);
    }

    /** Defaults: the tools whose executors are in {@code home}, no local git, every host that is not refused by itself. */
    public static ValidatorSettings of(Path data, Path home) {
        return new ValidatorSettings(
                data,
                home,
                Tools.in(home),
                false,
                List.of(),
                List.of(),
                ArtifactSettings.DEFAULT,
                Set.of(),
                Limits.DEFAULT);
    }

    public ValidatorSettings withLocalGit(boolean allowed) {
        return new ValidatorSettings(data, home, tools, allowed, allowHosts, denyHosts, artifacts, prometheus, limits);
    }

    public ValidatorSettings withHosts(List<String> allow, List<String> deny) {
        return new ValidatorSettings(data, home, tools, allowLocalGit, allow, deny, artifacts, prometheus, limits);
    }

    public ValidatorSettings withArtifacts(ArtifactSettings other) {
        return new ValidatorSettings(
                data, home, tools, allowLocalGit, allowHosts, denyHosts, other, prometheus, limits);
    }

    public ValidatorSettings withPrometheus(Set<String> names) {
        return new ValidatorSettings(data, home, tools, allowLocalGit, allowHosts, denyHosts, artifacts, names, limits);
    }

    public ValidatorSettings withLimits(Limits other) {
        return new ValidatorSettings(
                data, home, tools, allowLocalGit, allowHosts, denyHosts, artifacts, prometheus, other);
    }

    /**
     * How big and slow a submission may be.
     *
     * @param bundleBytes all files of a commit or upload together, also what is fetched at once
     * @param bundleFiles number of them
     * @param git for reading a repository from afar
     * @param inspection for one inspection of a script, with the build of its code and what that fetches
     */
    public record Limits(long bundleBytes, int bundleFiles, Duration git, Duration inspection) {
        public static final Limits DEFAULT =
                new Limits(512L << 20, 50_000, Duration.ofSeconds(50), Duration.ofMinutes(3));
    }
}
