package dev.loadstar.executor.kit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.plan.Load.Stage;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Stripe;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.LoadTool;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolDescriptor;
import dev.loadstar.executor.tool.ToolDescriptor.Capability;
import dev.loadstar.executor.tool.ToolDescriptor.Model;
import dev.loadstar.executor.tool.ToolSession;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * What every load tool must do, tried against a web server that counts for itself. A tool's test class extends this and
 * says how its scripts look; nothing else is needed to be fit for Loadstar.
 */
public abstract class LoadToolKit {

    /** Iterations of each user of {@link #writeOwnLoad}. */
    protected static final int OWN_ITERATIONS = 5;

    /** Users of {@link #writeOwnLoad}. */
    protected static final int OWN_USERS = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path workspace;

    private final AtomicBoolean gate = new AtomicBoolean(true);

    @SuppressWarnings("NullAway.Init") // before each test
    private KitRecorder recorder;

    @SuppressWarnings("NullAway.Init") // before each test
    private KitTarget target;

    /** A new one, as {@link java.util.ServiceLoader} would make it. */
    protected abstract LoadTool tool();

    /**
     * Writes a script whose every iteration requests, without waiting between, {@code GET /ok} labelled "ok",
     * {@code GET /slow} labelled "slow" and {@code GET /error} labelled "error", which is answered with status 500.
     *
     * @return its file, relative to the workspace
     */
    protected abstract String writeScript(Path workspace, URI target) throws IOException;

    /** Writes one that the tool cannot load. */
    protected abstract String writeBrokenScript(Path workspace) throws IOException;

    /**
     * Writes the same script with a load of its own: {@value #OWN_USERS} users at once with {@value #OWN_ITERATIONS}
     * iterations each. Called only if the tool has {@link Model#FROM_SCRIPT}.
     */
    protected String writeOwnLoad(Path workspace, URI target) throws IOException {
        throw new UnsupportedOperationException("a tool that runs a script's own load overrides this");
    }

    @BeforeEach
    void openTarget() throws IOException {
        recorder = new KitRecorder();
        target = new KitTarget();
    }

    @AfterEach
    void closeTarget() {
        target.close();
    }

    @Test
    void inspectOfAGoodScriptFindsNoProblemsAndItsLabels() throws IOException {
        var inspection = tool().inspect(workspace, scenario(writeScript(workspace, target.url()), hold(1, 1)));

        assertThat(inspection.problems()).isEmpty();
        assertThat(inspection.labels()).contains("ok", "slow", "error");
        assertThat(target.total()).as("requests of an inspection").isZero();
    }

    @Test
    void inspectOfABrokenScriptGivesProblemsWithAPlace() throws IOException {
        var inspection = tool().inspect(workspace, scenario(writeBrokenScript(workspace), hold(1, 1)));

        assertThat(inspection.problems()).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.pointer()).startsWith("/script");
            assertThat(problem.message()).isNotBlank();
        });
    }

    @Test
    void nothingIsSentBeforeTheStartInstant() throws Exception {
        try (var session = prepare(hold(1, 1), 0, 1)) {
            Instant start = Instant.now().plusMillis(700);
            session.start(start);
            session.await();

            assertThat(target.total()).isPositive();
            assertThat(target.since(Instant.EPOCH))
                    .allSatisfy(arrival -> assertThat(arrival.at()).isAfterOrEqualTo(start));
        }
    }

    @Test
    void countsPerLabelAreTheTargetsOwn() throws Exception {
        ToolEnd end = run(hold(2, 2), 0, 1);

        assertThat(end).isEqualTo(ToolEnd.DONE);
        assertThat(recorder.countsByLabel()).isEqualTo(labels(target.countsByPath()));
        assertThat(recorder.requests()).hasSizeGreaterThan(20);
    }

    @Test
    void errorsAreMarkedWithWhatWasSentAndAnsweredAndOthersAreNot() throws Exception {
        run(hold(1, 1), 0, 1);

        assertThat(recorder.requests("error"))
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(sample.errorKind()).isEqualTo("http.500"));
        assertThat(recorder.requests("ok"))
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(sample.errorKind()).isNull());
        assertThat(recorder.exchanges())
                .hasSameSizeAs(recorder.requests("error"))
                .allSatisfy(exchange -> {
                    assertThat(exchange.request().head()).contains("GET", KitTarget.ERROR);
                    assertThat(exchange.response().head()).contains("500");
                    assertThat(exchange.response().body()).asString().isEqualTo("hello");
                });
    }

    @Test
    void durationsAndTimesAreTheTargets() throws Exception {
        long before = micros(Instant.now());
        run(hold(1, 1), 0, 1);
        long after = micros(Instant.now());

        assertThat(recorder.requests("slow")).isNotEmpty().allSatisfy(sample -> {
            // A tool may measure in whole milliseconds.
            assertThat(sample.durationMicros()).isBetween(micros(KitTarget.SLOWNESS) - 1_000, 2_000_000L);
            assertThat(sample.startMicros()).isBetween(before - 2_000, after);
            assertThat(sample.bytesReceived()).isPositive();
        });
    }

    @Test
    void concurrencyFollowsThePlan() throws Exception {
        var load = new Load.Closed(
                0,
                List.of(
                        stage("one", 1.5, 1, Shape.HOLD),
                        stage("four", 1.5, 4, Shape.JUMP),
                        stage("two", 1.5, 2, Shape.JUMP)),
                Duration.ofSeconds(1));
        try (var session = prepare(load, 0, 1)) {
            Instant start = Instant.now().plusMillis(200);
            session.start(start);
            session.await();

            assertThat(target.peak(start, start.plusMillis(1_450))).isEqualTo(1);
            assertThat(target.peak(start.plusMillis(1_700), start.plusMillis(3_000)))
                    .isEqualTo(4);
            assertThat(target.peak(start.plusMillis(3_700), start.plusMillis(4_500)))
                    .isEqualTo(2);
            assertThat(session.activeUsers()).isZero();
        }
    }

    @Test
    void usersOfTwoShardsAddUpExactly() throws Exception {
        Instant begin = Instant.now();
        run(hold(3, 1.5), 0, 2);
        Instant middle = Instant.now();
        run(hold(3, 1.5), 1, 2);

        assertThat(target.peak(begin, middle)).isEqualTo(2);
        assertThat(target.peak(middle, Instant.now())).isEqualTo(1);
        assertThat(recorder.countsByLabel()).isEqualTo(labels(target.countsByPath()));
    }

    @Test
    void loadEndsWithThePlanByItself() throws Exception {
        try (var session = prepare(hold(2, 1), 0, 1)) {
            Instant begin = Instant.now();
            session.start(begin);

            assertThat(session.await()).isEqualTo(ToolEnd.DONE);
            assertThat(Duration.between(begin, Instant.now())).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
        }
        assertNothingComesAnyMore();
    }

    @Test
    void stopLeavesNoTraffic() throws Exception {
        try (var session = prepare(hold(3, 60), 0, 1)) {
            session.start(Instant.now());
            awaitTraffic();
            session.stop(Duration.ZERO);
            session.await();

            assertNothingComesAnyMore();
        }
    }

    @Test
    void iterationsThatRunMayFinishWithinTheGrace() throws Exception {
        try (var session = prepare(hold(2, 60), 0, 1)) {
            session.start(Instant.now());
            awaitTraffic();
            session.stop(Duration.ofSeconds(5));
            assertThat(session.await()).isEqualTo(ToolEnd.DONE);
        }
        assertThat(recorder.countsByLabel()).isEqualTo(labels(target.countsByPath()));
        assertThat(recorder.countsByLabel().values()).as("whole iterations").containsOnly((long)
                recorder.requests("ok").size());
    }

    @Test
    void aClosedGateEndsTheLoadAtOnce() throws Exception {
        try (var session = prepare(hold(3, 60), 0, 1)) {
            session.start(Instant.now());
            awaitTraffic();
            gate.set(false);
            assertNothingComesAnyMore();
            session.stop(Duration.ZERO);
            session.await();
        }
    }

    @Test
    void validatorIsToldWhatTheDescriptorSays() throws IOException {
        Path dist = Path.of(System.getProperty("basedir", ""), "src/main/dist");
        assumeThat(dist).as("the program of a tool that is not for tests alone").isDirectory();

        assertThat(Json.read(Files.readString(dist.resolve("descriptor.json")), ToolDescriptor.class))
                .isEqualTo(tool().descriptor());
    }

    /** What only some tools can do is tried on those that say they can. */
    @TestFactory
    Stream<DynamicTest> whatTheDescriptorPromises() {
        var promises = new ArrayList<DynamicTest>();
        if (tool().descriptor().capabilities().contains(Capability.LIVE_USERS)) {
            promises.add(promise("a revision changes the users", this::aRevisionChangesTheUsers));
        }
        if (tool().descriptor().models().contains(Model.FROM_SCRIPT)) {
            promises.add(promise("the script's own load is divided exactly", this::theScriptsOwnLoadIsDividedExactly));
        }
        return promises.stream();
    }

    /** JUnit calls {@link #openTarget} once for all promises; what one counted must not reach the next. */
    private DynamicTest promise(String name, Executable check) {
        return DynamicTest.dynamicTest(name, () -> {
            closeTarget();
            openTarget();
            check.execute();
        });
    }

    private void aRevisionChangesTheUsers() throws Exception {
        try (var session = prepare(hold(1, 4), 0, 1)) {
            Instant start = Instant.now().plusMillis(200);
            session.start(start);
            session.apply(new PlanRevision(1, Duration.ofSeconds(2), hold(3, 4), List.of(Stripe.WHOLE)));
            session.await();

            assertThat(target.peak(start, start.plusMillis(1_950))).isEqualTo(1);
            assertThat(target.peak(start.plusMillis(2_300), start.plusMillis(3_900)))
                    .isEqualTo(3);
        }
    }

    private void theScriptsOwnLoadIsDividedExactly() throws Exception {
        String file = writeOwnLoad(workspace, target.url());
        var load = new Load.FromScript(Duration.ofSeconds(2));

        runScript(file, load, 0, 2);
        long first = recorder.requests("ok").size();
        runScript(file, load, 1, 2);

        assertThat(first).isBetween(1L, (long) OWN_USERS * OWN_ITERATIONS - 1);
        assertThat(recorder.requests("ok")).hasSize(OWN_USERS * OWN_ITERATIONS);
        assertThat(recorder.countsByLabel()).isEqualTo(labels(target.countsByPath()));
    }

    private ToolEnd run(Load load, int index, int of) throws Exception {
        return runScript(writeScript(workspace, target.url()), load, index, of);
    }

    private ToolEnd runScript(String file, Load load, int index, int of) throws Exception {
        try (var session = prepare(file, load, index, of)) {
            session.start(Instant.now().plusMillis(100));
            return session.await();
        }
    }

    private ToolSession prepare(Load load, int index, int of) throws IOException {
        return prepare(writeScript(workspace, target.url()), load, index, of);
    }

    private ToolSession prepare(String file, Load load, int index, int of) {
        var url = target.url();
        int before = target.total();
        var session = tool().prepare(
                        new Shard(
                                index + 1,
                                index,
                                of,
                                scenario(file, load),
                                new RunPlan.Target(url.toString(), List.of(url.getHost())),
                                List.of(),
                                Inputs.NONE),
                        Secrets.NONE,
                        workspace,
                        recorder,
                        gate::get,
                        KitRows.of(Inputs.NONE));
        assertThat(target.total()).as("requests of the preparation").isEqualTo(before);
        return session;
    }

    private void awaitTraffic() {
        int before = target.total();
        await().atMost(PATIENCE).until(() -> target.total() > before + 10);
    }

    /** Looks for two seconds, after one in which what was on its way may arrive. */
    private void assertNothingComesAnyMore() {
        Instant quiet = Instant.now().plusSeconds(1);
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(quiet.plusSeconds(2)));
        assertThat(target.since(quiet)).isEmpty();
    }

    private static ScenarioPlan scenario(String file, Load load) {
        return new ScenarioPlan("kit", "kit", Duration.ZERO, new ScenarioPlan.Script(file, Map.of()), load, List.of());
    }

    private static Load.Closed hold(int users, double seconds) {
        return new Load.Closed(0, List.of(stage("hold", seconds, users, Shape.HOLD)), Duration.ofSeconds(1));
    }

    private static Stage stage(String name, double seconds, int users, Shape shape) {
        return new Stage(name, Duration.ofMillis(Math.round(seconds * 1_000)), users, shape, true);
    }

    private static Map<String, Long> labels(Map<String, Long> paths) {
        var labels = new HashMap<String, Long>();
        paths.forEach((path, count) -> labels.put(path.substring(1), count));
        return labels;
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /** For subclasses that look closer: every request sample so far. */
    protected final List<Sample> requests() {
        return recorder.requests();
    }
}
