package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import org.apache.commons.io.file.PathUtils;

/** Shards and workspaces to test with. */
final class Plans {

    private Plans() {}

    /** A copy of the test scripts that a test may write in. */
    static Path workspace(Path folder) {
        try {
            PathUtils.copyDirectory(
                    Path.of(System.getProperty("basedir", ".."), "src/test/resources/workspace"),
                    folder,
                    StandardCopyOption.REPLACE_EXISTING);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path script(Path workspace, String name, String text) {
        try {
            return Files.writeString(workspace.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Load.Closed hold(int users, Duration length) {
        return new Load.Closed(
                users, List.of(new Load.Stage("hold", length, users, Load.Shape.HOLD, true)), Duration.ofSeconds(5));
    }

    static ScenarioPlan scenario(String file, Load load, Map<String, String> properties) {
        return new ScenarioPlan(
                "shop", "jmeter", Duration.ZERO, new ScenarioPlan.Script(file, properties), load, List.of());
    }

    static Shard shard(ScenarioPlan scenario, Target target, int index, int of) {
        return new Shard(
                index + 1,
                index,
                of,
                scenario,
                new RunPlan.Target(target.baseUrl(), List.of("127.0.0.1")),
                List.of(),
                Inputs.NONE);
    }
}
