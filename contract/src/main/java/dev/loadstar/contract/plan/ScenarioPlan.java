package dev.loadstar.contract.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One scenario: what its users do, the tool that does it and the load it gets.
 *
 * @param data names of the {@link DataPlan}s that it uses
 * @param options of its tool that are on, by the names that they have in the tool's own schema
 */
public record ScenarioPlan(
        String name, String tool, Duration startAfter, Work work, Load load, List<String> data, Set<String> options) {

    public ScenarioPlan {
        data = List.copyOf(data);
        options = Set.copyOf(options);
    }

    public ScenarioPlan(String name, String tool, Duration startAfter, Work work, Load load, List<String> data) {
        this(name, tool, startAfter, work, load, data, Set.of());
    }

    /**
     * A script of the tool's own kind.
     *
     * @param file relative to the repository's root
     * @param entry what to run in it, such as the class of a simulation; null for all of it
     * @param properties given to the script as the tool's properties; their values may refer to variables and secrets
     * @param libraries jars that the scenario asks for beside the repository's files: plug-ins of the tool and what they need
     * @param built what its inspection built of it, below {@link Inspection#BUILT}
     */
    public record Script(
            String file,
            @Nullable String entry,
            Map<String, String> properties,
            List<BundleFile> libraries,
            List<BundleFile> built)
            implements Work {
        public Script {
            properties = Map.copyOf(properties);
            libraries = List.copyOf(libraries);
            built = List.copyOf(built);
        }

        public Script(String file, Map<String, String> properties) {
            this(file, null, properties);
        }

        public Script(String file, @Nullable String entry, Map<String, String> properties) {
            this(file, entry, properties, List.of(), List.of());
        }

        public Script withLibraries(List<BundleFile> jars) {
            return new Script(file, entry, properties, jars, built);
        }

        public Script withBuilt(List<BundleFile> files) {
            return new Script(file, entry, properties, libraries, files);
        }
    }

    /** The same with another load. */
    public ScenarioPlan withLoad(Load other) {
        return new ScenarioPlan(name, tool, startAfter, work, other, data, options);
    }

    /** Jars beside the repository's files. */
    public List<BundleFile> libraries() {
        return switch (work) {
            case Script script -> script.libraries();
            case Requests _ -> List.of();
        };
    }

    /** What its executors get beside the repository's files. */
    public List<BundleFile> extraFiles() {
        return switch (work) {
            case Script script ->
                Stream.concat(script.libraries().stream(), script.built().stream())
                        .toList();
            case Requests _ -> List.of();
        };
    }

    /** The stages that a sample of this scenario can belong to, in order of time. */
    public List<String> stageNames() {
        return switch (load) {
            case Load.Open open ->
                open.stages().stream().map(Load.RateStage::name).toList();
            case Load.Closed closed ->
                closed.stages().stream().map(Load.Stage::name).toList();
            case Load.Iterations ignored -> List.of(Load.Iterations.STAGE);
            case Load.FromScript ignored -> List.of(Load.FromScript.STAGE);
        };
    }
}
