package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import javax.script.ScriptException;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Work;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.executor.load.LoadPriority;
import dev.loadstar.executor.load.Supply;
import dev.loadstar.executor.request.RequestSteps;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.LoadTool;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.RowSource;
import dev.loadstar.executor.tool.ToolDescriptor;
import dev.loadstar.executor.tool.ToolSession;
import dev.loadstar.executor.tool.WarmUp;
import org.apache.jmeter.util.JSR223TestElement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Apache JMeter as a load tool. JMeter keeps its state in statics: one script per process. */
public final class JMeterTool implements LoadTool {

    private static final Logger log = LoggerFactory.getLogger(JMeterTool.class);

    private static final ToolDescriptor DESCRIPTOR = new ToolDescriptor(
            "jmeter",
            "5.6.3",
            Set.of(
                    ToolDescriptor.Model.OPEN,
                    ToolDescriptor.Model.CLOSED,
                    ToolDescriptor.Model.ITERATIONS,
                    ToolDescriptor.Model.FROM_SCRIPT),
            Set.of(
                    ToolDescriptor.Capability.LIVE_USERS,
                    ToolDescriptor.Capability.LIVE_RATE,
                    ToolDescriptor.Capability.PACING,
                    ToolDescriptor.Capability.RATE_CAP,
                    ToolDescriptor.Capability.REQUESTS));

    @Override
    public ToolDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Inspection inspect(Path workspace, ScenarioPlan scenario) {
        return switch (scenario.work()) {
            case ScenarioPlan.Script script -> new Inspector(workspace, script).inspect();
            case Requests requests -> RequestSteps.inspect(requests);
        };
    }

    @Override
    public ToolSession prepare(
            Shard shard, Secrets secrets, Path workspace, Recorder recorder, LoadGate gate, RowSource rows) {
        JMeterHome.open(Path.of("jmeter-home"));
        ScriptFiles files = files(workspace, shard.scenario().work());
        ScriptProperties.of(shard, secrets, files).apply();
        ScriptJars.of(files, shard.scenario().libraries()).use();
        // Its first use takes a while, which no user is to wait for.
        Thread.ofPlatform().name("stand-back").daemon().start(LoadPriority::standBack);
        // Beside each other, but the engine last: JMeter keeps the newest one for the scripts' calls to it.
        Thread warmUp = Thread.ofPlatform().name("warm-up").start(() -> warmUp(shard));
        return switch (shard.scenario().work()) {
            case ScenarioPlan.Script asked -> {
                Script script = load(workspace, asked.file());
                awaitEnd(warmUp);
                script.writeResults(shard.scenario(), secrets.mask()::mask);
                yield JMeterSession.prepare(shard, script, Supply.all(List.of()), recorder, gate);
            }
            case Requests requests -> {
                RequestRun run = read(requests, shard, secrets, workspace, rows);
                Script script = RequestTree.plan(shard.scenario().name(), run);
                awaitEnd(warmUp);
                script.writeResults(shard.scenario(), run.hiding(secrets.mask()));
                yield JMeterSession.prepare(shard, script, run, run.masking(recorder), gate);
            }
        };
    }

    /** Not where the script goes through a proxy, which would see it. */
    private static void warmUp(Shard shard) {
        if (System.getProperty("http.proxyHost") != null) {
            return;
        }
        boolean scripted = shard.scenario().work() instanceof ScenarioPlan.Script;
        WarmUp.before(shard, (warm, requests, nobody) -> {
            if (scripted) {
                var script = WarmUpScript.of(warm.target().baseUrl());
                return JMeterSession.prepare(warm, script, Supply.all(List.of()), nobody, () -> true);
            }
            var run = RequestRun.of(requests, warm, Secrets.NONE, Path.of(""), nobody);
            return JMeterSession.prepare(warm, RequestTree.plan("warm-up", run), run, nobody, () -> true);
        });
    }

    /** Loads the compiler that JSR223 elements and {@code __groovy} use, which takes longer than all the rest. */
    private static void warmUpGroovy() {
        try {
            var engine = JSR223TestElement.getInstance().getEngineByName("groovy");
            if (engine != null) {
                engine.eval("[1, 2].collect { it * 2 }.sum().toString()");
            }
        } catch (ScriptException e) {
            log.warn("no warm-up of Groovy: {}", e.toString());
        }
    }

    private static ScriptFiles files(Path workspace, Work work) {
        return switch (work) {
            case ScenarioPlan.Script script -> ScriptFiles.of(workspace, script.file());
            case Requests _ -> ScriptFiles.in(workspace);
        };
    }

    private static Script load(Path workspace, String file) {
        Script script = Script.load(workspace, file);
        if (mentionsGroovy(workspace.resolve(file))) {
            warmUpGroovy();
        }
        return script;
    }

    private static RequestRun read(Requests requests, Shard shard, Secrets secrets, Path workspace, RowSource rows) {
        try {
            return RequestRun.of(requests, shard, secrets, workspace, rows);
        } catch (IOException | IllegalArgumentException e) {
            throw new LoadstarException(ErrorCode.NOT_READY, "The requests cannot be made: " + e.getMessage(), e);
        }
    }

    private static boolean mentionsGroovy(Path jmx) {
        try {
            return Files.readString(jmx).contains("groovy");
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadstarException(ErrorCode.NOT_READY, "Interrupted while JMeter was prepared", e);
        }
    }
}
