package dev.loadstar.executor.kit;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.LoadTool;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession;

/**
 * A tool in a process of its own, as an executor is, but led by a test: reads shards and starts from stdin, and says on
 * stdout when it is ready and what it recorded. Lines of its own begin with {@code @}, whatever else the tool prints.
 */
final class KitExecutor {

    static final String READY = "@ready";
    static final String DONE = "@done ";

    private KitExecutor() {}

    /** @param args class name of the tool */
    public static void main(String[] args) throws Exception {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Path workspaces = Files.createTempDirectory("kit-executor-");
        int runs = 0;
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            var recorder = new KitRecorder();
            Path workspace = Files.createDirectory(workspaces.resolve(Integer.toString(runs++)));
            try (ToolSession session = tool(args[0])
                    .prepare(
                            Json.read(order, Shard.class),
                            Secrets.NONE,
                            workspace,
                            recorder,
                            () -> true,
                            KitRows.of(Inputs.NONE))) {
                say(READY);
                long startMicros = Long.parseLong(orders.readLine());
                session.start(Instant.EPOCH.plus(startMicros, ChronoUnit.MICROS));
                session.await();
            }
            say(DONE + Json.write(Recorded.of(recorder)));
        }
        System.exit(0);
    }

    private static LoadTool tool(String type) throws ReflectiveOperationException {
        return Class.forName(type)
                .asSubclass(LoadTool.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /**
     * What an executor recorded of one run.
     *
     * @param intendedMicros when the schedule wanted the first requests of iterations, epoch µs
     */
    record Recorded(List<Long> intendedMicros, long begun, long dropped, long late, long requests, long errors) {

        static Recorded of(KitRecorder recorder) {
            var requests = recorder.requests();
            return new Recorded(
                    requests.stream()
                            .map(Sample::intendedMicros)
                            .filter(micros -> micros >= 0)
                            .sorted()
                            .toList(),
                    recorder.arrivals(ArrivalFate.BEGUN),
                    recorder.arrivals(ArrivalFate.DROPPED),
                    recorder.arrivals(ArrivalFate.LATE),
                    requests.size(),
                    requests.stream()
                            .filter(sample -> sample.errorKind() != null)
                            .count());
        }
    }
}
