package dev.loadstar.executor;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.wire.RunKey;
import dev.loadstar.executor.log.JobLog;
import dev.loadstar.executor.script.ScriptValues;
import dev.loadstar.executor.secret.MaskedOutput;
import dev.loadstar.executor.tool.LoadTool;
import io.grpc.ManagedChannel;

/**
 * Main class of every executor, whatever its tool: the one {@link LoadTool} on the class path does the rest.
 *
 * <p>Exit codes: 0 done (inspected, or released by the worker) · 1 it failed, the log says why · 64 the arguments make no
 * sense.
 */
public final class ExecutorMain {

    /** Environment variable with the run's key in hex. */
    public static final String KEY_VARIABLE = "LOADSTAR_RUN_KEY";

    private static final int FAILED = 1;
    private static final int USAGE = 64;

    /** Kept, or its level would be lost with it. */
    private static final Logger GRPC = Logger.getLogger(ManagedChannel.class.getPackageName());

    private ExecutorMain() {}

    public static void main(String[] args) {
        MaskedOutput.install();
        GRPC.setLevel(Level.WARNING);
        var suddenEnd = new SuddenEnd();
        suddenEnd.watch();
        suddenEnd.exit(run(List.of(args), System.getenv(), Path.of(""), suddenEnd));
    }

    /** @param home working directory, in which an executor keeps bundle and spool */
    static int run(List<String> args, Map<String, String> environment, Path home, SuddenEnd suddenEnd) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(Arguments.USAGE);
            return USAGE;
        }
        try {
            return switch (arguments) {
                case Arguments.Describe _ -> describe(System.out);
                case Arguments.Inspect inspect -> inspect(inspect);
                case Arguments.Rehearse rehearse -> Rehearsal.carryOut(rehearse, home, ExecutorMain::tool);
                case Arguments.Execute execute -> execute(execute, environment, home, suddenEnd);
            };
        } catch (Exception | LinkageError e) {
            JobLog.error("the executor failed", e);
            return FAILED;
        }
    }

    private static int describe(PrintStream out) {
        out.println(Json.writePretty(tool().descriptor()));
        return 0;
    }

    private static int inspect(Arguments.Inspect inspect) throws IOException {
        var scenario = Json.read(Files.readString(inspect.scenario()), ScenarioPlan.class);
        Inspection found;
        try {
            found = tool().inspect(inspect.workspace(), scenario);
        } catch (LoadstarException e) {
            found = new Inspection(e.problems(), List.of(), List.of(), List.of(), List.of());
        }
        Path out = inspect.out().toAbsolutePath();
        Path arriving = out.resolveSibling(out.getFileName() + ".arriving");
        Files.writeString(arriving, Json.writePretty(found));
        Files.move(arriving, out, StandardCopyOption.REPLACE_EXISTING);
        return 0;
    }

    private static int execute(
            Arguments.Execute execute, Map<String, String> environment, Path home, SuddenEnd suddenEnd)
            throws IOException, InterruptedException {
        String key = environment.get(KEY_VARIABLE);
        if (key == null) {
            JobLog.warn(KEY_VARIABLE + " is not set");
            return USAGE;
        }
        // Scripts may ask which run they are part of; a shard does not say it.
        System.setProperty(ScriptValues.RUN, execute.runId());
        var run = new ExecutorRun(execute, RunKey.ofHex(key), home, tool(), Settings.fromSystemProperties());
        return run.carryOut(suddenEnd);
    }

    private static LoadTool tool() {
        List<LoadTool> tools = ServiceLoader.load(LoadTool.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (tools.size() != 1) {
            throw new IllegalStateException("there must be one tool on the class path, not " + tools);
        }
        return tools.getFirst();
    }
}
