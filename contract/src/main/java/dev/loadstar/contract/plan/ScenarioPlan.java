package dev.loadstar.contract.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One scenario: a script, the tool that runs it and the load it gets. */
public record ScenarioPlan(String name, String tool, Duration startAfter, Script script, Load load) {

    /**
     * @param file relative to the repository's root
     * @param properties given to the script as the tool's properties
     */
    public record Script(String file, Map<String, String> properties) {
        public Script {
            properties = Map.copyOf(properties);
        }
    }

    /** The stages that a sample of this scenario can belong to, in order of time. */
    public List<String> stageNames() {
        return switch (load) {
            case Load.Closed closed ->
                closed.stages().stream().map(Load.Stage::name).toList();
            case Load.FromScript ignored -> List.of(Load.FromScript.STAGE);
        };
    }
}
