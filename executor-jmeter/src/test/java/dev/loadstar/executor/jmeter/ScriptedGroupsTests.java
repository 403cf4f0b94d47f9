package dev.loadstar.executor.jmeter;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.executor.kit.KitRows;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Thread groups with schedules of their own, JMeter's and plug-ins', alone and divided over two executors. */
class ScriptedGroupsTests {

    private static final Path JARS = Path.of(System.getProperty("basedir"), "target/jars");
    private static final List<String> PLUGIN = List.of("jmeter-plugins-casutg.jar", "jmeter-plugins-cmn-jmeter.jar");
    private static final String LOOP = """
            <elementProp name="ThreadGroup.main_controller" elementType="LoopController" guiclass="LoopControlPanel" testclass="LoopController">
              <intProp name="LoopController.loops">%d</intProp>
              <boolProp name="LoopController.continue_forever">false</boolProp>
            </elementProp>
            """;

    @TempDir
    Path folder;

    private Target target;

    @BeforeEach
    void listen() throws Exception {
        target = new Target(Duration.ofMillis(1));
        Path plugins = Files.createDirectories(folder.resolve(".loadstar/lib"));
        for (String jar : PLUGIN) {
            Files.copy(JARS.resolve(jar), plugins.resolve(jar));
        }
    }

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void openModelMakesEachArrivalOfItsScheduleOnExactlyOneExecutor() throws Exception {
        write(group(
                "org.apache.jmeter.threads.openmodel.OpenModelThreadGroup",
                text("OpenModelThreadGroup.schedule", "rate(30/sec) random_arrivals(1 sec)") + """
                        <elementProp name="ThreadGroup.main_controller" elementType="OpenModelThreadGroupController" guiclass="OpenModelThreadGroupGui" testclass="OpenModelThreadGroupController"/>
                        """));

        Samples first = run(0, 2);
        Samples second = run(1, 2);

        assertThat(numbers(first)).hasSize(15).allMatch(number -> number % 2 == 0);
        assertThat(numbers(second)).hasSize(15).allMatch(number -> number % 2 == 1);
    }

    @Test
    void ultimateAndSteppingGroupsRunEachUserOnExactlyOneExecutor() throws Exception {
        String rows = "<collectionProp name=\"ultimatethreadgroupdata\"><collectionProp name=\"row\">"
                + List.of(5, 0, 0, 30, 0).stream()
                        .map(number -> text("1", String.valueOf(number)))
                        .reduce("", String::concat)
                + "</collectionProp></collectionProp>";
        String steps = text("ThreadGroup.num_threads", "3")
                + text("Start users count", "2")
                + text("Start users count burst", "0")
                + text("Start users period", "0")
                + text("Stop users count", "1")
                + text("flighttime", "30");
        write(
                group("kg.apc.jmeter.threads.UltimateThreadGroup", rows + LOOP.formatted(2)),
                group("kg.apc.jmeter.threads.SteppingThreadGroup", steps + LOOP.formatted(1)));

        Samples first = run(0, 2);
        Samples second = run(1, 2);

        assertThat(first.of("UltimateThreadGroup")).hasSize(6);
        assertThat(second.of("UltimateThreadGroup")).hasSize(4);
        assertThat(first.of("SteppingThreadGroup")).hasSize(2);
        assertThat(second.of("SteppingThreadGroup")).hasSize(1);
    }

    @Test
    void concurrencyGroupHoldsItsShareOfUsers() throws Exception {
        write(group(
                "com.blazemeter.jmeter.threads.concurrency.ConcurrencyThreadGroup",
                text("TargetLevel", "${__P(level,3)}")
                        + text("RampUp", "0")
                        + text("Steps", "")
                        + text("Hold", "1")
                        + text("Unit", "S")));

        assertThat(inspect())
                .singleElement()
                .satisfies(group -> assertThat(group.alone()).isNull());
        assertThat(numbers(run(0, 2)).stream().distinct()).containsExactlyInAnyOrder(0, 1);
        assertThat(numbers(run(1, 2)).stream().distinct()).containsExactly(0);
    }

    @Test
    void arrivalsRunOnOneExecutorAndAreRefusedOnMore() throws Exception {
        String schedule = "<collectionProp name=\"Schedule\"><collectionProp name=\"row\">" + text("1", "10")
                + text("2", "10") + text("3", "1") + "</collectionProp></collectionProp>";
        write(
                group(
                        "com.blazemeter.jmeter.threads.arrivals.ArrivalsThreadGroup",
                        text("TargetLevel", "10") + text("RampUp", "0") + text("Hold", "1") + text("Unit", "S")),
                group(
                        "com.blazemeter.jmeter.threads.arrivals.FreeFormArrivalsThreadGroup",
                        schedule + text("Unit", "S")));

        Samples alone = run(0, 1);

        assertThat(alone.of("ArrivalsThreadGroup").size()).isBetween(9, 11);
        assertThat(alone.of("FreeFormArrivalsThreadGroup").size()).isBetween(9, 11);
        assertThat(inspect())
                .hasSize(2)
                .allSatisfy(group -> assertThat(group.alone()).contains("its arrivals have no numbers"));
        try (ToolSession session = prepare(new Samples(), 0, 2)) {
            session.start(Instant.now());
            ToolEnd end = session.await();
            assertThat(end.failed()).isTrue();
            assertThat(end.message()).contains("cannot be divided");
        }
        assertThat(target.hits()).hasSize(alone.all().size());
    }

    @Test
    void stopEndsAGroupThatHasUsersYetToCome() throws Exception {
        String rows = "<collectionProp name=\"ultimatethreadgroupdata\"><collectionProp name=\"row\">"
                + List.of(4, 0, 600, 600, 0).stream()
                        .map(number -> text("1", String.valueOf(number)))
                        .reduce("", String::concat)
                + "</collectionProp></collectionProp>";
        write(group("kg.apc.jmeter.threads.UltimateThreadGroup", rows + LOOP.formatted(-1)));

        try (ToolSession session = prepare(new Samples(), 0, 1)) {
            session.start(Instant.now());
            session.stop(Duration.ofSeconds(1));
            assertThat(session.await()).isEqualTo(ToolEnd.DONE);
        }
    }

    private List<Integer> numbers(Samples samples) {
        return samples.all().stream()
                .map(Sample::label)
                .map(label -> Integer.valueOf(label.substring(label.lastIndexOf(' ') + 1)))
                .toList();
    }

    private Samples run(int index, int of) throws InterruptedException {
        var samples = new Samples();
        try (ToolSession session = prepare(samples, index, of)) {
            session.start(Instant.now());
            assertThat(session.await()).isEqualTo(ToolEnd.DONE);
        }
        return samples;
    }

    private ToolSession prepare(Samples samples, int index, int of) {
        return new JMeterTool()
                .prepare(
                        Plans.shard(scenario(), target, index, of),
                        Secrets.NONE,
                        folder,
                        samples,
                        () -> true,
                        KitRows.of(Inputs.NONE));
    }

    private List<Inspection.Group> inspect() {
        Inspection found = new JMeterTool().inspect(folder, scenario());
        assertThat(found.problems()).isEmpty();
        return found.groups();
    }

    private ScenarioPlan scenario() {
        var jars = new ArrayList<BundleFile>();
        PLUGIN.forEach(jar -> jars.add(new BundleFile(".loadstar/lib/" + jar, "", 0, false)));
        var script = new ScenarioPlan.Script("test.jmx", Map.of()).withLibraries(jars);
        var load = new Load.FromScript(Duration.ofSeconds(5));
        return new ScenarioPlan("shop", "jmeter", Duration.ZERO, script, load, List.of());
    }

    private void write(String... groups) {
        Plans.script(folder, "test.jmx", PlanText.plan(groups));
    }

    /** Its one request is named after the group, or after the user where the group is alone. */
    private String group(String type, String properties) {
        String simple = type.substring(type.lastIndexOf('.') + 1);
        boolean numbered = simple.startsWith("OpenModel") || simple.startsWith("Concurrency");
        String label = numbered ? simple + " ${__groovy(ctx.threadNum)}" : simple;
        return """
                <%1$s guiclass="TestBeanGUI" testclass="%1$s" testname="%2$s">
                  <stringProp name="ThreadGroup.on_sample_error">continue</stringProp>
                %3$s
                </%1$s>
                <hashTree>
                %4$s
                </hashTree>
                """.formatted(type, simple, properties, PlanText.get(URI.create(target.baseUrl()), label, "/hit"));
    }

    private static String text(String name, String value) {
        return "<stringProp name=\"%s\">%s</stringProp>%n".formatted(name, value);
    }
}
