package dev.loadstar.executor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.loadstar.executor.control.WorkerAddress;

/** What an executor process was told on its command line. */
sealed interface Arguments {

    String USAGE = """
            usage: --describe
                   --inspect --workspace DIR --scenario FILE --out FILE
                   --rehearse --workspace DIR --script FILE
                   --worker HOST:PORT --run ID --executor N      (key in the environment's LOADSTAR_RUN_KEY)""";

    List<String> FLAGS = List.of("--describe", "--inspect", "--rehearse");

    /** Print what the tool is. */
    record Describe() implements Arguments {}

    /** Look at a script without running it. */
    record Inspect(Path workspace, Path scenario, Path out) implements Arguments {}

    /** Load what inspections and runs load. */
    record Rehearse(Path workspace, String script) implements Arguments {}

    /** Be one executor of a run. */
    record Execute(WorkerAddress worker, String runId, int executor) implements Arguments {}

    /** @throws IllegalArgumentException if they make no sense */
    static Arguments parse(List<String> args) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < args.size(); i++) {
            String name = args.get(i);
            boolean flag = FLAGS.contains(name);
            if (!name.startsWith("--") || (!flag && i + 1 == args.size())) {
                throw new IllegalArgumentException("'%s' is not understood".formatted(name));
            }
            values.put(name, flag ? "" : args.get(++i));
        }
        return of(values);
    }

    private static Arguments of(Map<String, String> values) {
        if (values.containsKey("--describe")) {
            return new Describe();
        }
        if (values.containsKey("--inspect")) {
            return new Inspect(
                    Path.of(need(values, "--workspace")),
                    Path.of(need(values, "--scenario")),
                    Path.of(need(values, "--out")));
        }
        if (values.containsKey("--rehearse")) {
            return new Rehearse(Path.of(need(values, "--workspace")), need(values, "--script"));
        }
        return new Execute(
                WorkerAddress.parse(need(values, "--worker")),
                need(values, "--run"),
                Integer.parseInt(need(values, "--executor")));
    }

    private static String need(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
