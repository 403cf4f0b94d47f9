package dev.loadstar.executor;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.LoadGate;
import dev.loadstar.executor.tool.LoadTool;
import dev.loadstar.executor.tool.Recorder;
import dev.loadstar.executor.tool.RowSource;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolDescriptor;
import dev.loadstar.executor.tool.ToolSession;

/** Ends the JVM in the middle of its load, as a script may do, and claims success. */
public final class ExitingTool implements LoadTool {

    static final int AFTER = 40;

    private final LoadTool tool = new HttpListTool();

    @Override
    public ToolDescriptor descriptor() {
        return tool.descriptor();
    }

    @Override
    public Inspection inspect(Path workspace, ScenarioPlan scenario) {
        System.exit(0);
        return tool.inspect(workspace, scenario);
    }

    @Override
    public ToolSession prepare(
            Shard shard, Secrets secrets, Path workspace, Recorder recorder, LoadGate gate, RowSource rows) {
        var samples = new AtomicInteger();
        return tool.prepare(
                shard,
                secrets,
                workspace,
                new Recorder() {
                    @Override
                    public void record(Sample sample) {
                        recorder.record(sample);
                        if (samples.incrementAndGet() == AFTER) {
                            System.exit(0);
                        }
                    }

                    @Override
                    public void arrival(long dueMicros, ArrivalFate fate) {
                        recorder.arrival(dueMicros, fate);
                    }
                },
                gate,
                rows);
    }
}
