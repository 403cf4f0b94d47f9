package dev.loadstar.executor.tool;

import java.util.Set;

/**
 * What a tool is and can do; a definition that asks for more is refused.
 *
 * @param name as in the definition: {@code jmeter}
 * @param version of the tool itself
 * @param models of load it can obey
 */
public record ToolDescriptor(String name, String version, Set<Model> models, Set<Capability> capabilities) {

    public ToolDescriptor {
        models = Set.copyOf(models);
        capabilities = Set.copyOf(capabilities);
    }

    public enum Model {
        OPEN,
        CLOSED,
        FROM_SCRIPT
    }

    public enum Capability {
        /** The number of users can be changed while load runs. */
        LIVE_USERS,

        /** The rate of arrivals can be changed while load runs. */
        LIVE_RATE
    }
}
