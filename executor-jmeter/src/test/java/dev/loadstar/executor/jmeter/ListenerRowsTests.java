package dev.loadstar.executor.jmeter;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.run.Artifact;
import dev.loadstar.executor.kit.KitRows;
import dev.loadstar.executor.secret.SecretMask;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.reporters.ResultCollector;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.save.CSVSaveService;
import org.apache.jmeter.save.SaveService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds what the recorder gets against the file that JMeter itself writes for the same plan. */
class ListenerRowsTests {

    private static final int LOOPS = 2;

    @TempDir
    Path folder;

    private final Samples samples = new Samples();
    private final Target target = new Target(Duration.ofMillis(2));

    @AfterEach
    void closeTarget() {
        target.close();
    }

    @Test
    void everyRowOfJMetersOwnFileIsRecordedOnceAndMarkedByItsKind() throws Exception {
        Plans.script(folder, "test.jmx", plan());

        run();
        var rows = JMeterItself.rows(folder.resolve("test.jmx"), folder.resolve("jmeter.jtl"));

        assertThat(samples.all().stream().map(ListenerRowsTests::row))
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(ListenerRowsTests::row).toList());
        assertThat(samples.counts(Sample.Kind.REQUEST))
                .isEqualTo(each(
                        "inside", "deep", "moved", "plain", "page", "text", "json", "size", "slow", "missing",
                        "on sub"));
        assertThat(samples.counts(Sample.Kind.TRANSACTION)).isEqualTo(each("parent", "deeper", "beside"));
        assertThat(samples.counts(Sample.Kind.PART))
                .isEqualTo(each("moved-0", "moved-1", "on sub-0", "on sub-1", "page-0", "page-1", "page-2"));
    }

    @Test
    void failuresHaveJMetersMessageAndWhatWentOverTheWire() throws Exception {
        Plans.script(folder, "test.jmx", plan());

        run();
        var rows = JMeterItself.rows(folder.resolve("test.jmx"), folder.resolve("jmeter.jtl"));

        for (String label : List.of("text", "json", "size", "slow", "parent")) {
            assertThat(samples.of(label))
                    .hasSize(LOOPS)
                    .allSatisfy(sample -> assertThat(sample.errorKind()).isEqualTo("assertion"));
            assertThat(samples.of(label).stream().map(ListenerRowsTests::messageWithoutFigures))
                    .containsExactlyElementsOf(rows.stream()
                            .filter(row -> value(row, "label").equals(label))
                            .map(row -> withoutFigures(value(row, "failureMessage")))
                            .toList());
        }
        assertThat(samples.of("missing")).allSatisfy(sample -> {
            assertThat(sample.errorKind()).isEqualTo("http.404");
            assertThat(sample.errorMessage()).isEqualTo("Not Found");
        });
        assertThat(samples.of("page")).allSatisfy(sample -> {
            assertThat(sample.errorKind()).isEqualTo("http.404");
            assertThat(sample.errorMessage()).startsWith("Embedded resource download error:");
        });
        assertExchanges();
    }

    @Test
    void resultFileIsJMetersOwnWithSecretsHidden() throws Exception {
        Plans.script(folder, "test.jmx", plan());
        Path written = Path.of(Artifact.FOLDER, "results.jtl");

        run(Set.of(ResultFile.OPTION), new Secrets(Map.of("PRICE", "paid")));
        var jmeters = JMeterItself.rows(folder.resolve("test.jmx"), folder.resolve("jmeter.jtl"));
        var ours = JMeterItself.read(written);

        assertThat(ours.getFirst().keySet()).isEqualTo(jmeters.getFirst().keySet());
        assertThat(ours.stream().map(ListenerRowsTests::stableColumns))
                .containsExactlyInAnyOrderElementsOf(jmeters.stream()
                        .map(row -> stableColumns(row).replace("paid", SecretMask.HIDDEN))
                        .toList());
        assertThat(Files.readString(written)).doesNotContain("paid");
    }

    @Test
    void resultFileEndsAtItsLargestSizeAndTheLoadGoesOn() throws Exception {
        Path path = folder.resolve("small.jtl");
        var event = new SampleEvent(SampleResult.createTestSample(5), "users");
        try (var file = ResultFile.open(path, 1_000, row -> row)) {
            for (int i = 0; i < 100; i++) {
                file.sampleOccurred(event);
            }
        }

        assertThat(path).content().endsWith("\n");
        assertThat(Files.size(path)).isBetween(900L, 1_000L);
    }

    private static String stableColumns(Map<String, String> row) {
        return String.join(
                "|",
                value(row, "label"),
                value(row, "responseCode"),
                value(row, "dataType"),
                value(row, "success"),
                withoutFigures(value(row, "failureMessage")),
                value(row, "sentBytes"),
                value(row, "URL"));
    }

    private void assertExchanges() {
        var exchange = samples.failures("json").getFirst().exchange();
        assertThat(exchange.request().head())
                .startsWith("POST " + target.baseUrl() + "/page.json\n")
                .contains("Connection: keep-alive");
        assertThat(exchange.request().body()).asString().isEqualTo("{\"sku\": 1}");
        assertThat(exchange.response().head())
                .startsWith("HTTP/1.1 200 OK")
                .containsIgnoringCase("Set-Cookie: session=hush");
        assertThat(exchange.response().body()).asString().isEqualTo("{\"paid\": false}");
        assertThat(samples.failures("page").getFirst().exchange().request().head())
                .startsWith("GET " + target.baseUrl() + "/missing.png\n");
        assertThat(samples.failures("parent")).hasSize(LOOPS);
        assertThat(samples.failures("beside")).isEmpty();
        assertThat(samples.failures("page-2")).isEmpty();
    }

    private String plan() {
        String inner = controller("deeper", true, get("deep", "/deep"));
        String parent = controller(
                "parent",
                true,
                get("inside", "/inside"),
                inner,
                get("moved", "/moved"),
                PlanText.assertion("ResponseAssertion", "whole", """
                        <collectionProp name="Asserion.test_strings"><stringProp name="0">never there</stringProp></collectionProp>
                        <stringProp name="Assertion.test_field">Assertion.response_data</stringProp>
                        <intProp name="Assertion.test_type">16</intProp>
                        <stringProp name="Assertion.scope">parent</stringProp>"""));
        String beside = controller("beside", false, get("plain", "/plain"), page());
        return PlanText.plan(PlanText.group("users", 1, LOOPS, parent, beside, failing()));
    }

    private String page() {
        return get("page", "/page")
                .replaceFirst("(?=<boolProp)", "<boolProp name=\"HTTPSampler.image_parser\">true</boolProp>");
    }

    /** Requests that fail in one way each. */
    private String failing() {
        String text = """
                <collectionProp name="Asserion.test_strings"><stringProp name="0">%s</stringProp></collectionProp>
                <stringProp name="Assertion.test_field">Assertion.response_data</stringProp>
                <intProp name="Assertion.test_type">16</intProp>""";
        String json = get("json", "/page.json", PlanText.assertion("JSONPathAssertion", "is paid", """
                <stringProp name="JSON_PATH">$.paid</stringProp><stringProp name="EXPECTED_VALUE">true</stringProp>
                <boolProp name="JSONVALIDATION">true</boolProp><boolProp name="ISREGEX">false</boolProp>"""))
                .replace(">GET<", ">POST<")
                .replaceFirst("(?=<boolProp)", """
                        <boolProp name="HTTPSampler.postBodyRaw">true</boolProp>
                        <elementProp name="HTTPsampler.Arguments" elementType="Arguments"><collectionProp name="Arguments.arguments">
                          <elementProp name="" elementType="HTTPArgument"><stringProp name="Argument.value">{"sku": 1}</stringProp></elementProp>
                        </collectionProp></elementProp>
                        """);
        return String.join(
                "\n",
                get("text", "/text", PlanText.assertion("ResponseAssertion", "has text", text.formatted("paid"))),
                json,
                get("size", "/size", PlanText.assertion("SizeAssertion", "is large", """
                        <stringProp name="Assertion.test_field">SizeAssertion.response_data</stringProp>
                        <stringProp name="SizeAssertion.size">100000</stringProp><intProp name="SizeAssertion.operator">3</intProp>""")),
                get("slow", "/slow", PlanText.assertion("DurationAssertion", "is quick", """
                        <stringProp name="DurationAssertion.duration">1</stringProp>""")),
                get("missing", "/missing"),
                get(
                        "on sub",
                        "/moved",
                        PlanText.assertion(
                                "ResponseAssertion",
                                "of children",
                                text.formatted("never there")
                                        + "<stringProp name=\"Assertion.scope\">children</stringProp>")));
    }

    private String get(String label, String path, String... below) {
        return PlanText.get(URI.create(target.baseUrl()), label, path, below);
    }

    private static String controller(String name, boolean parent, String... elements) {
        return """
                <TransactionController guiclass="TransactionControllerGui" testclass="TransactionController" testname="%s">
                  <boolProp name="TransactionController.parent">%s</boolProp>
                </TransactionController>
                <hashTree>%s</hashTree>
                """.formatted(name, parent, String.join("\n", elements));
    }

    private void run() throws InterruptedException {
        run(Set.of(), Secrets.NONE);
    }

    private void run(Set<String> options, Secrets secrets) throws InterruptedException {
        var script = new ScenarioPlan.Script("test.jmx", Map.of());
        var load = new Load.FromScript(Duration.ofSeconds(2));
        var scenario = new ScenarioPlan("shop", "jmeter", Duration.ZERO, script, load, List.of(), options);
        var shard = Plans.shard(scenario, target, 0, 1);
        try (var session =
                new JMeterTool().prepare(shard, secrets, folder, samples, () -> true, KitRows.of(shard.inputs()))) {
            session.start(Instant.now());
            assertThat(session.await()).isEqualTo(ToolEnd.DONE);
        }
    }

    private static Map<String, Long> each(String... labels) {
        return Arrays.stream(labels).collect(Collectors.toMap(label -> label, label -> (long) LOOPS));
    }

    private static String row(Sample sample) {
        return sample.label() + " " + (sample.errorKind() == null);
    }

    private static String row(Map<String, String> row) {
        return value(row, "label") + " " + value(row, "success");
    }

    private static String value(Map<String, String> row, String name) {
        return Objects.requireNonNull(row.get(name), name);
    }

    private static String messageWithoutFigures(Sample sample) {
        return withoutFigures(Objects.requireNonNull(sample.errorMessage()));
    }

    /** How long and how large differs from run to run. */
    private static String withoutFigures(String message) {
        return message.replaceAll("\\d[\\d,]*", "n");
    }

    /** JMeter as its command line runs a plan and writes a file, without anything of ours. */
    private static final class JMeterItself {

        static List<Map<String, String>> rows(Path jmx, Path jtl) throws Exception {
            var tree = JMeter.convertSubTree(SaveService.loadTree(new File(jmx.toString())), true);
            var collector = new ResultCollector();
            collector.setFilename(jtl.toString());
            tree.add(tree.getArray()[0], collector);
            var engine = new StandardJMeterEngine();
            engine.configure(tree);
            engine.run();
            return read(jtl);
        }

        static List<Map<String, String>> read(Path jtl) throws IOException {
            var rows = new ArrayList<Map<String, String>>();
            try (var reader = Files.newBufferedReader(jtl)) {
                String[] names = CSVSaveService.csvReadFile(reader, ',');
                for (String[] values = CSVSaveService.csvReadFile(reader, ',');
                        values.length > 0;
                        values = CSVSaveService.csvReadFile(reader, ',')) {
                    var row = new HashMap<String, String>();
                    for (int i = 0; i < names.length; i++) {
                        row.put(names[i], values[i]);
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }
}
