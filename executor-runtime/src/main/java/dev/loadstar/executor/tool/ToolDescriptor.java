package dev.loadstar.executor.tool;

import java.util.Set;

/**
 * What a tool is and can do; a definition that asks for more is refused. The validator reads it from {@code descriptor.json}
 * in the tool's program, which the compatibility kit holds against this.
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
        ITERATIONS,
        FROM_SCRIPT
    }

    public enum Capability {
        /** The number of users can be changed while load runs. */
        LIVE_USERS,

        /** The rate of arrivals can be changed while load runs. */
        LIVE_RATE,

        /** Users of a closed load begin their iterations on a grid. */
        PACING,

        /** Requests of a closed load are held to a rate. */
        RATE_CAP,

        /** Requests of the definition are sent, without a script. */
        REQUESTS
    }
}
