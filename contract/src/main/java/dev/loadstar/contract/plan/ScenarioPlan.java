package dev.loadstar.contract.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
     * @param properties given to the script as the tool's properties; their values may refer to variables and secrets
     * @param libraries jars that the scenario asks for beside the repository's files: plug-ins of the tool and what they need
     */
    public record Script(String file, Map<String, String> properties, List<BundleFile> libraries) implements Work {
        public Script {
            properties = Map.copyOf(properties);
            libraries = List.copyOf(libraries);
        }

        public Script(String file, Map<String, String> properties) {
            this(file, properties, List.of());
        }

        public Script withLibraries(List<BundleFile> jars) {
            return new Script(file, properties, jars);
        }
    }

    /** Jars beside the repository's files. */
    public List<BundleFile> libraries() {
        return switch (work) {
            case Script script -> script.libraries();
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
