package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.executor.gatling.build.Built;
import dev.loadstar.executor.request.RequestSteps;
import dev.loadstar.executor.script.ClassPath;
import dev.loadstar.executor.script.ScriptValues;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.LoadTool;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.RowSource;
import dev.loadstar.executor.tool.ToolDescriptor;
import dev.loadstar.executor.tool.ToolDescriptor.Capability;
import dev.loadstar.executor.tool.ToolDescriptor.Model;
import dev.loadstar.executor.tool.ToolSession;
import dev.loadstar.executor.tool.WarmUp;
import io.gatling.core.config.GatlingConfiguration;

/** Gatling as a load tool. Gatling keeps its settings in statics: one simulation per process. */
public final class GatlingTool implements LoadTool {

    /** Of Gatling itself. */
    static final String VERSION = "3.15.1";

    private static final ToolDescriptor DESCRIPTOR = new ToolDescriptor(
            "gatling",
            VERSION,
            Set.of(Model.OPEN, Model.CLOSED, Model.ITERATIONS, Model.FROM_SCRIPT),
            Set.of(
                    Capability.LIVE_USERS,
                    Capability.LIVE_RATE,
                    Capability.PACING,
                    Capability.RATE_CAP,
                    Capability.REQUESTS));

    @Override
    public ToolDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Inspection inspect(Path workspace, ScenarioPlan scenario) {
        return switch (scenario.work()) {
            case ScenarioPlan.Script script -> new Inspector(workspace, script, scenario.load()).inspect();
            case Requests requests -> RequestSteps.inspect(requests);
        };
    }

    @Override
    public ToolSession prepare(
            Shard shard, Secrets secrets, Path workspace, Recorder recorder, LoadGate gate, RowSource rows) {
        return switch (shard.scenario().work()) {
            case ScenarioPlan.Script _ -> simulation(shard, secrets, workspace, recorder, gate);
            case Requests requests -> {
                GatlingConfiguration configuration = EngineSettings.load();
                WarmUp.before(
                        shard,
                        (warm, some, nobody) ->
                                sessions(warm, configuration, nobody).of(some, Secrets.NONE, Path.of(""), nobody));
                try {
                    yield new Sessions(shard, configuration, recorder, gate).of(requests, secrets, workspace, rows);
                } catch (IOException | IllegalArgumentException e) {
                    throw new LoadstarException(
                            ErrorCode.NOT_READY, "The requests cannot be made: " + e.getMessage(), e);
                }
            }
        };
    }

    private static ToolSession simulation(
            Shard shard, Secrets secrets, Path workspace, Recorder recorder, LoadGate gate) {
        Path root = workspace.toAbsolutePath().normalize();
        Built built = Built.in(root);
        set(ScriptValues.known(shard, root));
        set(ScriptValues.given(shard, secrets));
        ClassPath.add(built.paths(root));
        GatlingConfiguration configuration = EngineSettings.load();
        WarmUp.before(shard, (warm, _, nobody) -> {
            var like = new WarmUpSimulation(warm.target().baseUrl());
            return sessions(warm, configuration, nobody).of(new Simulation(like.params(null)));
        });
        return new Sessions(shard, configuration, recorder, gate).of(Simulation.load(built.simulation()));
    }

    private static Sessions sessions(Shard warm, GatlingConfiguration configuration, Recorder nobody) {
        return new Sessions(warm, configuration, nobody, () -> true);
    }

    /** Simulations read what they are given as properties of the system. */
    static void set(Map<String, String> values) {
        values.forEach(System::setProperty);
    }
}
