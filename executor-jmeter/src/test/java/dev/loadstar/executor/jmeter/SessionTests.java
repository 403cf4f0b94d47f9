package dev.loadstar.executor.jmeter;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.executor.kit.KitRows;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the kit does not ask of every tool. */
class SessionTests {

    @TempDir
    Path folder;

    private final Samples samples = new Samples();
    private Target target = new Target(Duration.ofMillis(5));

    @AfterEach
    void closeTarget() {
        target.close();
    }

    @Test
    void groupsGetTheirProportionsExactlyOverAllExecutors() throws Exception {
        write(
                PlanText.group("few", 1, 1, get("few", "/few/${__threadNum}")),
                PlanText.group("many", 3, 1, get("many", "/many/${__threadNum}")));

        run(Plans.hold(8, Duration.ofMillis(700)), 0, 2);
        Set<String> first = paths();
        run(Plans.hold(8, Duration.ofMillis(700)), 1, 2);

        assertThat(first).hasSize(4);
        assertThat(paths())
                .containsExactly("/few/1", "/few/2", "/many/1", "/many/2", "/many/3", "/many/4", "/many/5", "/many/6");
    }

    @Test
    void usersOfARampBeginWhenTheyAreDueAndTheLastLeaveFirst() throws Exception {
        write(PlanText.group("users", 1, 1, get("step", "/step/${__threadNum}")));
        var load = new Load.Closed(
                0,
                List.of(
                        new Load.Stage("up", Duration.ofSeconds(2), 4, Load.Shape.RAMP, true),
                        new Load.Stage("few", Duration.ofSeconds(1), 1, Load.Shape.JUMP, true)),
                Duration.ofSeconds(1));
        long begin = run(load, 0, 1);

        for (int user = 1; user <= 4; user++) {
            // The line passes the middle towards user n at (n - 0.5) / 4 of two seconds.
            assertThat(seconds(begin, first("/step/" + user)))
                    .isBetween((user - 0.5) / 2 - 0.01, (user - 0.5) / 2 + 0.4);
        }
        assertThat(seconds(begin, last("/step/1"))).isBetween(2.6, 3.4);
        assertThat(seconds(begin, last("/step/4"))).isBetween(1.7, 2.4);
    }

    @Test
    void stopWithoutGraceCutsRequestsAndTellsThemApart() throws Exception {
        target.close();
        target = new Target(Duration.ofSeconds(20));
        write(PlanText.group("users", 1, 1, get("slow", "/slow")));

        try (var session = prepare(Plans.hold(3, Duration.ofMinutes(1)), 0, 1)) {
            session.start(Instant.now());
            await().until(() -> target.hits().size() == 3);
            session.stop(Duration.ofMinutes(5));
            session.stop(Duration.ZERO);
            long asked = System.nanoTime();
            assertThat(session.await()).isEqualTo(ToolEnd.DONE);

            assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.SECONDS.toNanos(3));
        }
        assertThat(samples.of("slow")).hasSize(3).allMatch(sample -> "stopped".equals(sample.errorKind()));
        assertThat(target.hits()).hasSize(3);
    }

    @Test
    void tearDownRunsAfterAStop() throws Exception {
        write(
                PlanText.group("SetupThreadGroup", "before", "1", 1, get("before", "/before")),
                PlanText.group("users", 1, 1, get("step", "/step")),
                PlanText.group("PostThreadGroup", "after", "1", 1, get("after", "/after")));

        try (var session = prepare(Plans.hold(2, Duration.ofMinutes(1)), 0, 1)) {
            session.start(Instant.now());
            await().until(() -> samples.of("step").size() > 4);
            session.stop(Duration.ofSeconds(1));
            session.await();
        }
        assertThat(target.counts()).containsEntry("before", 1L).containsEntry("after", 1L);
        assertThat(target.hits().getFirst().path()).isEqualTo("/before");
        assertThat(target.hits().getLast().path()).isEqualTo("/after");
    }

    @Test
    void scriptThatEndsTheTestBreaksThePlan() throws Exception {
        write(PlanText.group("users", 1, 1, get("step", "/step"), """
                <TestAction guiclass="TestActionGui" testclass="TestAction" testname="enough">
                  <intProp name="ActionProcessor.action">0</intProp>
                  <intProp name="ActionProcessor.target">2</intProp>
                  <stringProp name="ActionProcessor.duration">0</stringProp>
                </TestAction>
                <hashTree/>
                """));

        try (var session = prepare(Plans.hold(1, Duration.ofMinutes(1)), 0, 1)) {
            session.start(Instant.now());
            ToolEnd end = session.await();

            assertThat(end.failed()).isTrue();
            assertThat(end.message()).contains("The script ended the test");
        }
        assertThat(samples.counts(Sample.Kind.REQUEST)).containsOnlyKeys("step");
    }

    @Test
    void userWhomItsScriptEndsBeginsAnew() throws Exception {
        write(PlanText.group("users", 1, 1, get("missing", "/missing")).replace(">continue<", ">stopthread<"));

        run(Plans.hold(1, Duration.ofSeconds(1)), 0, 1);

        assertThat(samples.of("missing")).hasSizeGreaterThan(3);
    }

    @Test
    void includedPlansAndScriptFilesAreFoundFromTheRepositorysRoot() throws Exception {
        Plans.script(folder, "token.groovy", "SampleResult.setResponseData(props.get('loadstar.baseUrl'), 'UTF-8')");
        Plans.script(
                folder,
                "fragment.jmx",
                PlanText.plan(
                        "<TestFragmentController guiclass=\"TestFragmentControllerGui\" testclass=\"TestFragmentController\" testname=\"part\"/>",
                        "<hashTree>" + get("included", "/included") + "</hashTree>"));
        write(PlanText.group(
                "users",
                1,
                1,
                PlanText.element("IncludeController", "part", "IncludeController.includepath", "fragment.jmx"),
                PlanText.element("JSR223Sampler", "token", "scriptLanguage", "groovy", "filename", "token.groovy")));

        run(Plans.hold(1, Duration.ofSeconds(1)), 0, 1);

        assertThat(samples.of("included")).isNotEmpty();
        assertThat(samples.of("token")).isNotEmpty().allMatch(sample -> sample.errorKind() == null);
    }

    private String get(String label, String path) {
        return PlanText.get(URI.create(target.baseUrl()), label, path);
    }

    private void write(String... groups) {
        Plans.script(folder, "test.jmx", PlanText.plan(groups));
    }

    /** @return the start of the load on {@link System#nanoTime} */
    private long run(Load load, int index, int of) throws InterruptedException {
        try (var session = prepare(load, index, of)) {
            long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
            session.start(Instant.now().plusMillis(300));
            assertThat(session.await()).isEqualTo(ToolEnd.DONE);
            return begin;
        }
    }

    private ToolSession prepare(Load load, int index, int of) {
        var scenario = Plans.scenario("test.jmx", load, Map.of());
        return new JMeterTool()
                .prepare(
                        Plans.shard(scenario, target, index, of),
                        Secrets.NONE,
                        folder,
                        samples,
                        () -> true,
                        KitRows.of(Inputs.NONE));
    }

    private Set<String> paths() {
        return target.hits().stream().map(Target.Hit::path).collect(Collectors.toCollection(TreeSet::new));
    }

    private long first(String path) {
        return times(path).getFirst();
    }

    private long last(String path) {
        return times(path).getLast();
    }

    private List<Long> times(String path) {
        return target.hits().stream()
                .filter(hit -> hit.path().equals(path))
                .map(Target.Hit::nanos)
                .toList();
    }

    private static double seconds(long begin, long instant) {
        return (instant - begin) / 1e9;
    }
}
