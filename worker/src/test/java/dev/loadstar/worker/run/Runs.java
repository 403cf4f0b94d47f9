package dev.loadstar.worker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.run.WorkerAssignment;
import dev.loadstar.contract.wire.RunKey;

/** Assignments to test with: one scenario of a closed load, 5 s of graceful stop. */
public final class Runs {

    private Runs() {}

    static WorkerAssignment closed(int executors, OnLoss onLoss) {
        return assignment(closedPlan(executors, onLoss, Map.of()));
    }

    static WorkerAssignment fromScript() {
        return assignment(plan(1, OnLoss.CONTINUE, new Load.FromScript(Duration.ofSeconds(5)), Map.of()));
    }

    public static RunPlan closedPlan(int executors, OnLoss onLoss, Map<String, String> properties) {
        return plan(executors, onLoss, new Load.Closed(0, stages(), Duration.ofSeconds(5)), properties);
    }

    private static List<Load.Stage> stages() {
        return List.of(new Load.Stage("steady", Duration.ofSeconds(60), 10, Load.Shape.HOLD, true));
    }

    static RunPlan plan(int executors, Inputs inputs) {
        var load = new Load.Closed(0, stages(), Duration.ofSeconds(5));
        return plan(executors, OnLoss.CONTINUE, List.of(scenario("buy", load, Map.of())), inputs);
    }

    /** Scenarios buy and look. */
    static WorkerAssignment twoScenarios(int executors, OnLoss onLoss) {
        var load = new Load.Closed(0, stages(), Duration.ofSeconds(5));
        return assignment(plan(
                executors,
                onLoss,
                List.of(scenario("buy", load, Map.of()), scenario("look", load, Map.of())),
                Inputs.NONE));
    }

    private static ScenarioPlan scenario(String name, Load load, Map<String, String> properties) {
        var script = new ScenarioPlan.Script("test.jmx", properties);
        return new ScenarioPlan(name, "probe", Duration.ZERO, script, load, List.of());
    }

    private static RunPlan plan(int executors, OnLoss onLoss, Load load, Map<String, String> properties) {
        return plan(executors, onLoss, List.of(scenario("buy", load, properties)), Inputs.NONE);
    }

    private static RunPlan plan(int executors, OnLoss onLoss, List<ScenarioPlan> scenarios, Inputs inputs) {
        return new RunPlan(
                "shop",
                null,
                Map.of(),
                new RunPlan.Source(null, null, null, "loadstar.json"),
                "sha256:" + "0".repeat(64),
                List.<BundleFile>of(),
                new RunPlan.Target("http://127.0.0.1:1", List.of("127.0.0.1")),
                scenarios,
                new RunPlan.ExecutorsPlan(executors, Duration.ofSeconds(60), Duration.ofMillis(250), onLoss),
                List.of(),
                Validity.DEFAULT,
                inputs);
    }

    private static WorkerAssignment assignment(RunPlan plan) {
        String id = "run-1";
        String key = RunKey.derive(new byte[] {1}, id).toHex();
        return new WorkerAssignment(
                id, "default", 1, Instant.now(), plan, key, "127.0.0.1:1", "home", "jobs", "blobs", Map.of());
    }
}
