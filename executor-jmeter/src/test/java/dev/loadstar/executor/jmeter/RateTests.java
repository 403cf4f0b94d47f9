package dev.loadstar.executor.jmeter;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.PlanRevision;
import dev.loadstar.contract.plan.Stripe;
import dev.loadstar.executor.kit.KitRows;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Loads in which a rate decides, on scripts. How exact they are over several executors is the kit's. */
class RateTests {

    @TempDir
    Path folder;

    private final Samples samples = new Samples();
    private final AtomicBoolean gate = new AtomicBoolean(true);
    private Target target = new Target(Duration.ZERO);

    @AfterEach
    void closeTarget() {
        target.close();
    }

    @Test
    void eachArrivalIsAFreshUserOfAGroupInProportion() throws Exception {
        write(
                PlanText.group(
                        "many",
                        3,
                        5,
                        "<OnceOnlyController guiclass=\"OnceOnlyControllerGui\" testclass=\"OnceOnlyController\" testname=\"once\"/>",
                        "<hashTree>" + get("login", "/login") + "</hashTree>",
                        get("many", "/many/${__counter(TRUE,)}/${__threadNum}")),
                PlanText.group("few", 1, 5, get("few", "/few/${__threadNum}")));

        run(open(40, 1, 1_000));

        assertThat(samples.fates()).containsExactly(Map.entry(ArrivalFate.BEGUN, 40L));
        assertThat(target.counts()).containsEntry("login", 30L).containsEntry("many", 30L);
        assertThat(target.counts()).containsEntry("few", 10L);
        assertThat(target.hits().stream().map(Target.Hit::path).filter(path -> path.startsWith("/many")))
                .allMatch(path -> path.startsWith("/many/1/"))
                .doesNotHaveDuplicates();
    }

    @Test
    void onlyTheFirstRequestOfAnArrivalWasWantedByTheSchedule() throws Exception {
        write(PlanText.group("users", 1, 1, get("first", "/first"), get("second", "/second")));

        long start = run(open(20, 1, 1_000));

        assertThat(samples.of("first").stream().map(Sample::intendedMicros).sorted())
                .hasSize(20)
                .first()
                .isEqualTo(start);
        assertThat(samples.of("second"))
                .hasSize(20)
                .allSatisfy(sample -> assertThat(sample.intendedMicros()).isEqualTo(-1));
    }

    @Test
    void iterationsOfAnOpenLoadMayFinishWithinTheGrace() throws Exception {
        target.close();
        target = new Target(Duration.ofMillis(700));
        write(PlanText.group("users", 1, 1, get("slow", "/slow"), get("last", "/last")));

        run(open(10, 1, 1_000));

        assertThat(samples.of("last"))
                .hasSize(10)
                .allSatisfy(sample -> assertThat(sample.errorKind()).isNull());
    }

    @Test
    void arrivalsWithoutALeaseAreLateAndNeverCaughtUp() throws Exception {
        write(PlanText.group("users", 1, 1, get("step", "/step")));
        try (var session = prepare(open(20, 60, 1_000))) {
            session.start(Instant.now());
            await().until(() -> samples.of("step").size() > 5);
            gate.set(false);
            await().until(() -> samples.fates().getOrDefault(ArrivalFate.LATE, 0L) > 10);
            int before = target.hits().size();
            gate.set(true);
            await().until(() -> target.hits().size() > before + 5);
            session.stop(Duration.ZERO);
            session.await();
        }
        assertThat((long) target.hits().size()).isEqualTo(samples.fates().get(ArrivalFate.BEGUN));
    }

    @Test
    void revisionChangesTheRate() throws Exception {
        write(PlanText.group("users", 1, 1, get("step", "/step")));
        try (var session = prepare(open(20, 2, 1_000))) {
            session.start(Instant.now().plusMillis(300));
            session.apply(new PlanRevision(
                    1,
                    Duration.ofSeconds(1),
                    new Load.Open(
                            20,
                            List.of(stage("before", 1, 20), stage("pause", 1, 0), stage("after", 1, 60)),
                            Load.Arrivals.EVEN,
                            1,
                            1_000,
                            Duration.ofSeconds(5)),
                    List.of(Stripe.WHOLE)));
            session.await();
        }
        assertThat(target.hits()).hasSize(80);
    }

    @Test
    void stopWithoutGraceCutsTheUsersOfAnOpenLoad() throws Exception {
        target.close();
        target = new Target(Duration.ofSeconds(20));
        write(PlanText.group("users", 1, 1, get("slow", "/slow")));

        try (var session = prepare(open(20, 60, 5))) {
            session.start(Instant.now());
            await().until(() -> samples.fates().getOrDefault(ArrivalFate.DROPPED, 0L) > 3);
            session.stop(Duration.ZERO);
            assertThat(session.await()).isEqualTo(ToolEnd.DONE);
            assertThat(session.activeUsers()).isZero();
        }
        assertThat(target.hits()).hasSize(5);
        assertThat(samples.of("slow")).hasSize(5).allMatch(sample -> "stopped".equals(sample.errorKind()));
    }

    @Test
    void rateCapSpacesSamplersAndLetsFlowControlPass() throws Exception {
        write(PlanText.group("users", 1, 1, get("step", "/step"), """
                <TestAction guiclass="TestActionGui" testclass="TestAction" testname="pause">
                  <intProp name="ActionProcessor.action">1</intProp>
                  <intProp name="ActionProcessor.target">0</intProp>
                  <stringProp name="ActionProcessor.duration">1</stringProp>
                </TestAction>
                <hashTree/>
                """));
        var load = new Load.Closed(
                0,
                List.of(new Load.Stage("hold", Duration.ofSeconds(1), 5, Load.Shape.HOLD, true)),
                Duration.ZERO,
                40.0,
                Duration.ofSeconds(5));

        run(load);

        // Users that wait for their turn at the end of the plan still get it.
        assertThat(target.hits()).hasSizeBetween(25, 46);
        assertThat(samples.of("step"))
                .allSatisfy(sample -> assertThat(sample.durationMicros()).isLessThan(500_000));
    }

    @Test
    void waitForTheNextPointOfTheGridDoesNotHoldUpAStop() throws Exception {
        write(PlanText.group("users", 1, 1, get("step", "/step")));
        var load = new Load.Closed(
                0,
                List.of(new Load.Stage("hold", Duration.ofHours(1), 3, Load.Shape.HOLD, true)),
                Duration.ofMinutes(10),
                null,
                Duration.ofSeconds(5));
        try (var session = prepare(load)) {
            session.start(Instant.now());
            await().until(() -> samples.of("step").size() == 3);
            assertThat(session.activeUsers())
                    .as("users that wait for their grid")
                    .isEqualTo(3);
            session.stop(Duration.ofMinutes(1));
            assertThat(session.await()).isEqualTo(ToolEnd.DONE);
        }
        assertThat(samples.of("step"))
                .hasSize(3)
                .allSatisfy(sample -> assertThat(sample.intendedMicros()).isPositive());
    }

    private static Load.Open open(double rate, long seconds, int maxUsers) {
        return new Load.Open(
                rate, List.of(stage("hold", seconds, rate)), Load.Arrivals.EVEN, 1, maxUsers, Duration.ofSeconds(5));
    }

    private static Load.RateStage stage(String name, long seconds, double rate) {
        return new Load.RateStage(name, Duration.ofSeconds(seconds), rate, Load.Shape.HOLD, true);
    }

    private String get(String label, String path) {
        return PlanText.get(URI.create(target.baseUrl()), label, path);
    }

    private void write(String... groups) {
        Plans.script(folder, "test.jmx", PlanText.plan(groups));
    }

    /** @return the start of the load, epoch µs */
    private long run(Load load) throws InterruptedException {
        try (var session = prepare(load)) {
            Instant start = Instant.now().plusMillis(300);
            session.start(start);
            assertThat(session.await()).isEqualTo(ToolEnd.DONE);
            return start.getEpochSecond() * 1_000_000 + start.getNano() / 1_000;
        }
    }

    private ToolSession prepare(Load load) {
        var shard = Plans.shard(Plans.scenario("test.jmx", load, Map.of()), target, 0, 1);
        return new JMeterTool().prepare(shard, Secrets.NONE, folder, samples, gate::get, KitRows.of(shard.inputs()));
    }
}
