package dev.loadstar.executor.tool;

import java.nio.file.Path;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.secret.Secrets;

/**
 * A tool that makes load, inside an executor process of its own. Found by {@link java.util.ServiceLoader}; an instance
 * serves one inspection or one session in its life.
 */
public interface LoadTool {

    ToolDescriptor descriptor();

    /**
     * Looks at a script without running it, and builds it where it is code: what executors need of that is written into
     * the workspace's {@link Inspection#BUILT}, and is there again when a shard is prepared.
     *
     * @param workspace the bundle's files, laid out as in the repository; the tool may write here
     */
    Inspection inspect(Path workspace, ScenarioPlan scenario);

    /**
     * Loads the script and gets so far that load can start at once: classes loaded, JVM warmed, nothing sent to the target.
     *
     * @param secrets that the shard's inputs name
     * @param workspace the bundle's files, laid out as in the repository; the tool may write here
     * @param rows of data that are used once in the test, for a tool that makes requests without a script
     * @throws dev.loadstar.contract.problem.LoadstarException of kind user or tool if the script cannot be run
     */
    ToolSession prepare(Shard shard, Secrets secrets, Path workspace, Recorder recorder, LoadGate gate, RowSource rows);
}
