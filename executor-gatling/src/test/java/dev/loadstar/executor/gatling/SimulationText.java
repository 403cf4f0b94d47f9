package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.executor.gatling.build.BuildTools;
import dev.loadstar.executor.gatling.build.CodeBuild;

/** Sources of simulations. Each gets a name of its own: a JVM loads a class once. */
final class SimulationText {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private SimulationText() {}

    /**
     * Writes one with that body, in which {@code http} is a protocol that is not yet told an address.
     *
     * @return the file
     */
    static String write(Path workspace, String body) throws IOException {
        String name = "Simulation" + NUMBER.incrementAndGet();
        String file = name + ".java";
        Files.writeString(workspace.resolve(file), """
                import static io.gatling.javaapi.core.CoreDsl.*;
                import static io.gatling.javaapi.http.HttpDsl.*;

                import io.gatling.javaapi.core.*;
                import io.gatling.javaapi.http.*;
                import java.time.Duration;

                public class %s extends Simulation {
                %s
                }
                """.formatted(name, body));
        return file;
    }

    /** Builds a script as its inspection does. */
    static String built(Path workspace, String file) {
        var script = new ScenarioPlan.Script(file, Map.of());
        new CodeBuild(workspace, script, GatlingTool.VERSION, BuildTools.of(Map.of())).run();
        return file;
    }
}
