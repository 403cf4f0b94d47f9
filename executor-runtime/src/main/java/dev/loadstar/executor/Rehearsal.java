package dev.loadstar.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.executor.control.WorkerAddress;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.LoadTool;

/**
 * Inspects a script and gets ready to run it, with a worker and a broker that are not there, and makes no load. The build
 * keeps the classes that are loaded by then for all starts to come.
 */
final class Rehearsal {

    private static final String RUN = "rehearsal";
    private static final WorkerAddress NOWHERE = new WorkerAddress("127.0.0.1", 1);
    private static final long SPOOL_BYTES = 1 << 20;

    private Rehearsal() {}

    /** @param tools an instance serves one inspection or one session */
    static int carryOut(Arguments.Rehearse how, Path home, Supplier<LoadTool> tools) throws IOException {
        LoadTool tool = tools.get();
        var scenario = scenario(tool, how.script());
        var self = new Arguments.Execute(NOWHERE, RUN, 1);
        var key = RunKey.derive(RUN.getBytes(StandardCharsets.UTF_8), RUN);
        var broker = NOWHERE.host() + ":" + NOWHERE.port();
        var to = new Measurement.Destination(home.resolve("spool"), SPOOL_BYTES, broker, key);
        tools.get().inspect(how.workspace(), scenario);
        try (var worker = new Conversation(self, key, 1, tool.descriptor().name(), new Idle());
                var measured = Measurement.open(self, 1, scenario.name(), to)) {
            worker.begin();
            var target = new RunPlan.Target("http://" + broker, List.of());
            var shard = new Shard(1, 0, 1, scenario, target, List.of(), Inputs.NONE);
            tool.prepare(shard, Secrets.NONE, how.workspace(), measured.recorder(), () -> false, worker.rows())
                    .close();
        }
        return 0;
    }

    private static ScenarioPlan scenario(LoadTool tool, String script) {
        var second = Duration.ofSeconds(1);
        var load = new Load.Closed(1, List.of(new Load.Stage(RUN, second, 1, Load.Shape.HOLD, true)), second);
        var work = new ScenarioPlan.Script(script, Map.of());
        return new ScenarioPlan(RUN, tool.descriptor().name(), Duration.ZERO, work, load, List.of());
    }

    private record Idle() implements Conversation.Vitals {

        @Override
        public long produced() {
            return 0;
        }

        @Override
        public double activeUsers() {
            return 0;
        }

        @Override
        public int backlog() {
            return 0;
        }

        @Override
        public boolean loadRunning() {
            return false;
        }
    }
}
