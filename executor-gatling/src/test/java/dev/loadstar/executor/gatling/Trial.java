package dev.loadstar.executor.gatling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.executor.gatling.build.Built;
import dev.loadstar.executor.kit.KitRows;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.ToolSession;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;

/** One simulation against one target, with what both count. */
final class Trial implements AutoCloseable {

    final Target target = new Target();
    final Samples samples = new Samples();
    private final Path folder;
    private String file = "";

    Trial(Path folder) {
        this.folder = folder;
    }

    /** @param body in which {@code TARGET} stands for the target's address in quotes */
    Trial write(String body) throws IOException {
        file = SimulationText.built(
                folder, SimulationText.write(folder, body.replace("TARGET", '"' + target.url() + '"')));
        return this;
    }

    /** A simulation of one scenario with one user of its own. */
    Trial chain(String chain) throws IOException {
        return write("{ setUp(scenario(\"s\").%s.injectOpen(atOnceUsers(1))).protocols(http.baseUrl(TARGET)); }"
                .formatted(chain));
    }

    /** The same simulation as a jar. */
    void packed() throws IOException {
        Path classes = Built.in(folder).paths(folder).getFirst();
        Files.move(classes, folder.resolve("load.jar"));
        file = SimulationText.built(folder, "load.jar");
    }

    /** @return the start of the load on {@link System#nanoTime} */
    long run(Load load) throws InterruptedException {
        return run(load, 0, 1);
    }

    long run(Load load, int index, int of) throws InterruptedException {
        try (var session = prepare(load, index, of)) {
            long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
            session.start(Instant.now().plusMillis(300));
            ToolEnd end = session.await();
            if (end.failed()) {
                throw new AssertionError(end.message());
            }
            return begin;
        }
    }

    ToolSession prepare(Load load, int index, int of) {
        var script = new ScenarioPlan.Script(file, Map.of("greeting", "hello"));
        var scenario = new ScenarioPlan("s", "gatling", Duration.ZERO, script, load, List.of());
        var to = new RunPlan.Target(target.url(), List.of("127.0.0.1", "localhost", "nowhere.invalid"));
        return new GatlingTool()
                .prepare(
                        new Shard(index + 1, index, of, scenario, to, List.of(), Inputs.NONE),
                        Secrets.NONE,
                        folder,
                        samples,
                        () -> true,
                        KitRows.of(Inputs.NONE));
    }

    static Load.Closed hold(int users, Duration length) {
        return new Load.Closed(
                0, List.of(new Load.Stage("hold", length, users, Load.Shape.HOLD, true)), Duration.ofSeconds(1));
    }

    static Load.Iterations iterations(int users, long iterations) {
        return new Load.Iterations(users, iterations, Duration.ofSeconds(30), Duration.ofSeconds(1));
    }

    static Load.Open arrivals(double rate, Duration length, int maxUsers) {
        return new Load.Open(
                0,
                List.of(new Load.RateStage("hold", length, rate, Load.Shape.HOLD, true)),
                Load.Arrivals.EVEN,
                1,
                maxUsers,
                Duration.ofSeconds(1));
    }

    @Override
    public void close() {
        target.close();
    }
}
