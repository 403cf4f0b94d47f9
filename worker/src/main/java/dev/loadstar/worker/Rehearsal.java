package dev.loadstar.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.run.WorkerAssignment;

/**
 * A run of a tool that does not exist, with a broker that does not answer: it ends by itself within seconds. The build
 * keeps the classes that are loaded by then for all starts to come.
 */
final class Rehearsal {

    private static final Duration AWAY = Duration.ofSeconds(1);
    private static final String NOWHERE = "127.0.0.1:1";
    private static final String NAME = "rehearsal";

    private Rehearsal() {}

    static void carryOut(Path folder) throws IOException, InterruptedException {
        Path nothing = Files.createDirectories(folder.resolve(NAME));
        var assignment = new WorkerAssignment(
                NAME,
                NAME,
                1,
                Instant.now(),
                plan(),
                "00".repeat(32),
                NOWHERE,
                nothing.toString(),
                nothing.toString(),
                nothing.toString(),
                Map.of());
        new Worker(assignment, new Settings(AWAY, 64)).run();
    }

    private static RunPlan plan() {
        var second = Duration.ofSeconds(1);
        var load = new Load.Closed(1, List.of(new Load.Stage(NAME, second, 1, Load.Shape.HOLD, true)), second);
        var work = new ScenarioPlan.Script(NAME, Map.of());
        var scenario = new ScenarioPlan(NAME, NAME, Duration.ZERO, work, load, List.of());
        return new RunPlan(
                NAME,
                null,
                Map.of(),
                new RunPlan.Source(null, null, null, NAME),
                NAME,
                List.of(),
                new RunPlan.Target("http://" + NOWHERE, List.of()),
                List.of(scenario),
                new RunPlan.ExecutorsPlan(1, second, second, RunPlan.OnLoss.CONTINUE),
                List.of(),
                Validity.DEFAULT,
                Inputs.NONE);
    }
}
