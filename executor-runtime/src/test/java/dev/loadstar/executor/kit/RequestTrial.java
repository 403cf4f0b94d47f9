package dev.loadstar.executor.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.DataPlan.OnExhausted;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Requests.Expect;
import dev.loadstar.contract.plan.Requests.JsonCheck;
import dev.loadstar.contract.plan.Requests.Request;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Work;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.LoadTool;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Requests without a script that are sent by a tool to a target which remembers them. */
abstract class RequestTrial {

    static final Expect ANY = new Expect(List.of(), null, List.of());
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    final KitRecorder samples = new KitRecorder();
    final WebTarget target = new WebTarget();
    private final Secrets secrets = new Secrets(Map.of("TOKEN", "s3cret&x"));

    /** A new one, as {@link java.util.ServiceLoader} would make it. */
    protected abstract LoadTool tool();

    @AfterEach
    void closeTarget() {
        target.close();
    }

    final void writeUsers(String text) throws IOException {
        Files.writeString(folder.resolve("users.csv"), text);
    }

    static Requests of(Request... requests) {
        return new Requests(TIMEOUT, true, true, List.of(requests));
    }

    static Request get(String name, String path) {
        return expecting(name, path, List.of(), null);
    }

    static Request expecting(
            String name, String path, List<Integer> status, @Nullable String contains, JsonCheck... checks) {
        var expect = new Expect(status, contains, List.of(checks));
        return new Request(name, "GET", path, Map.of(), Map.of(), null, null, null, expect, List.of());
    }

    static Load iterations(int users, long iterations) {
        return new Load.Iterations(users, iterations, Duration.ofMinutes(1), Duration.ofSeconds(5));
    }

    static DataPlan users(OnExhausted onExhausted, boolean sensitive) {
        return new DataPlan(
                "users",
                "users.csv",
                ',',
                List.of("name"),
                true,
                1,
                DataPlan.Share.ALL,
                DataPlan.Order.SEQUENTIAL,
                onExhausted,
                sensitive);
    }

    /** For subclasses that try more. */
    protected final Path folder() {
        return folder;
    }

    /** The target's address. */
    protected final String baseUrl() {
        return target.baseUrl();
    }

    /** What the target was asked for, how often. */
    protected final Map<String, Long> counts() {
        return target.counts();
    }

    /** Runs that on one executor. The secret {@code TOKEN} is {@code s3cret&x}. */
    protected final ToolEnd run(Work work, Load load) throws InterruptedException {
        return run(work, load, List.of(), 0, 1);
    }

    final ToolEnd run(Work work, Load load, List<DataPlan> data, int index, int of) throws InterruptedException {
        var scenario = new ScenarioPlan(
                "shop",
                "kit",
                Duration.ZERO,
                work,
                load,
                data.stream().map(DataPlan::name).toList());
        var shard = new Shard(
                index + 1,
                index,
                of,
                scenario,
                new RunPlan.Target(target.baseUrl(), List.of("127.0.0.1")),
                List.of(),
                new Inputs(Map.of("CITY", "Köln"), List.of(new Inputs.SecretRef("TOKEN", "project:token")), data));
        try (var session = tool().prepare(shard, secrets, folder, samples, () -> true, KitRows.of(shard.inputs()))) {
            session.start(Instant.now());
            return session.await();
        }
    }
}
