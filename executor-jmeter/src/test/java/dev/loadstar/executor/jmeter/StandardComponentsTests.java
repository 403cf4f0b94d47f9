package dev.loadstar.executor.jmeter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.TreeMap;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.executor.kit.KitRows;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession;
import org.apache.jmeter.functions.Function;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jorphan.collections.ListedHashTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What a release of JMeter brings works here: each of its elements can be loaded, and plans of all kinds run. */
class StandardComponentsTests {

    private static final Path JARS = Path.of(System.getProperty("basedir"), "target/jars");

    /** Classes that JMeter's list still names and that its release 5.6.3 itself no longer has. */
    private static final List<String> GONE = List.of(
            "org.apache.jmeter.protocol.http.control.gui.SoapSamplerGui",
            "org.apache.jmeter.protocol.http.control.gui.WebServiceSamplerGui",
            "org.apache.jmeter.protocol.http.modifier.ParamMask",
            "org.apache.jmeter.protocol.http.modifier.ParamModifier",
            "org.apache.jmeter.protocol.http.modifier.UserParameterModifier",
            "org.apache.jmeter.protocol.http.modifier.gui.ParamModifierGui",
            "org.apache.jmeter.protocol.http.modifier.gui.UserParameterModifierGui",
            "org.apache.jmeter.protocol.http.sampler.HTTPSampler2",
            "org.apache.jmeter.protocol.http.sampler.SoapSampler",
            "org.apache.jmeter.protocol.http.sampler.WebServiceSampler",
            "org.apache.jmeter.protocol.java.control.gui.BSFSamplerGui",
            "org.apache.jmeter.protocol.jdbc.config.gui.SqlConfigGui",
            "org.apache.jmeter.protocol.jms.control.gui.JMSConfigGui",
            "org.apache.jmeter.protocol.jms.control.gui.JndiDefaultsGui",
            "org.apache.jmeter.threads.ReflectionThreadGroup",
            "org.apache.jmeter.visualizers.DistributionGraphVisualizer",
            "org.apache.jmeter.visualizers.GraphAccumVisualizer",
            "org.apache.jmeter.visualizers.MonitorHealthVisualizer",
            "org.apache.jmeter.visualizers.MonitorStats",
            "org.apache.jmeter.visualizers.SplineVisualizer");

    @TempDir
    Path folder;

    private final Samples samples = new Samples();
    private Target target;

    @BeforeEach
    void listen() {
        target = new Target(Duration.ofMillis(1));
    }

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void everyElementThatJMeterNamesIsThereAndCanBeLoaded() throws Exception {
        JMeterHome.open(folder.resolve("home"));
        var missing = new ArrayList<String>();
        int elements = 0;
        for (String name : namesInSaveService()) {
            try {
                Class<?> type = Class.forName(name, false, getClass().getClassLoader());
                if (TestElement.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                    elements++;
                    assertThat(savedAndLoaded(
                                    (TestElement) type.getDeclaredConstructor().newInstance()))
                            .hasExactlyElementsOfTypes(type);
                }
            } catch (ReflectiveOperationException | LinkageError e) {
                missing.add(name);
            }
        }

        assertThat(missing).containsExactlyElementsOf(GONE);
        assertThat(elements).isGreaterThan(130);
    }

    @Test
    void everyFunctionOfJMeterIsKnownToTheInspection() {
        JMeterHome.open(folder.resolve("home"));
        assertThat(ServiceLoader.load(Function.class).stream()
                        .map(found -> found.get().getReferenceKey())
                        .filter(name -> !name.isEmpty()))
                .containsExactlyInAnyOrderElementsOf(Functions.NAMES);
    }

    @Test
    void controllersLeadTheWayThatTheyDoInJMeter() throws Exception {
        String names = PlanText.element("Arguments", "names")
                .replace("</Arguments>", """
                        <collectionProp name="Arguments.arguments">
                          %s%s
                        </collectionProp></Arguments>""".formatted(argument("x_1", "a"), argument("x_2", "b")));
        String module = PlanText.element("ModuleController", "module").replace("</ModuleController>", """
                        <collectionProp name="ModuleController.node_path"><stringProp name="1">Plan</stringProp>
                        <stringProp name="2">Plan</stringProp><stringProp name="3">part</stringProp></collectionProp>
                        </ModuleController>""");
        write(
                names,
                PlanText.around(PlanText.element("TestFragmentController", "part"), PlanText.answer("module", "x")),
                PlanText.group(
                        "users",
                        1,
                        4,
                        controller("TransactionController", "transaction", answer("in transaction")),
                        controller("OnceOnlyController", "once", answer("once")),
                        controller("InterleaveControl", "turns", answer("first"), answer("second")),
                        controller("RandomController", "one of", answer("left"), answer("right")),
                        controller("RandomOrderController", "any order", answer("some"), answer("other")),
                        PlanText.around(
                                PlanText.element("SwitchController", "switch", "SwitchController.value", "chosen"),
                                answer("not chosen"),
                                answer("chosen")),
                        PlanText.around(
                                PlanText.element(
                                        "ForeachController",
                                        "each",
                                        "ForeachController.inputVal",
                                        "x",
                                        "ForeachController.returnVal",
                                        "y",
                                        "ForeachController.useSeparator",
                                        "true"),
                                PlanText.answer("each ${y}", "x")),
                        PlanText.around(
                                PlanText.element(
                                        "WhileController",
                                        "while",
                                        "WhileController.condition",
                                        "${__groovy((vars.get('n') ?: '0') as int &lt; 2 * (vars.getIteration() as int))}"),
                                PlanText.element(
                                        "CounterConfig",
                                        "n",
                                        "CounterConfig.start",
                                        "1",
                                        "CounterConfig.incr",
                                        "1",
                                        "CounterConfig.name",
                                        "n"),
                                answer("while")),
                        controller("CriticalSectionController", "section", answer("critical")),
                        PlanText.around(
                                PlanText.element("LoopController", "loop", "LoopController.loops", "2"),
                                answer("loop")),
                        module));

        run();

        Map<String, Long> counts = samples.counts(Sample.Kind.REQUEST);
        assertThat(counts)
                .containsEntry("in transaction", 4L)
                .containsEntry("once", 1L)
                .containsEntry("first", 2L)
                .containsEntry("second", 2L)
                .containsEntry("some", 4L)
                .containsEntry("other", 4L)
                .containsEntry("chosen", 4L)
                .containsEntry("each a", 4L)
                .containsEntry("each b", 4L)
                .containsEntry("while", 8L)
                .containsEntry("critical", 4L)
                .containsEntry("loop", 8L)
                .containsEntry("module", 4L)
                .doesNotContainKey("not chosen");
        assertThat(counts.getOrDefault("left", 0L) + counts.getOrDefault("right", 0L))
                .isEqualTo(4);
        assertThat(samples.counts(Sample.Kind.TRANSACTION)).containsEntry("transaction", 4L);
    }

    @Test
    void dataExtractorsAssertionsTimersAndFunctionsWork() throws Exception {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/users.csv"), "ada,tea\nbob,mug\n");
        Files.writeString(folder.resolve("data/body.txt"), "from a file");
        Files.writeString(folder.resolve("user.properties"), "colour=red\nsize=small\n");
        write(PlanText.group(
                "users",
                1,
                2,
                PlanText.element("CSVDataSet", "rows", "filename", "data/users.csv", "variableNames", "user,item"),
                PlanText.element(
                        "RandomVariableConfig",
                        "dice",
                        "minimumValue",
                        "1",
                        "maximumValue",
                        "6",
                        "variableName",
                        "dice"),
                PlanText.element("ConstantTimer", "wait", "ConstantTimer.delay", "1"),
                PlanText.element("UniformRandomTimer", "wait", "ConstantTimer.delay", "1", "RandomTimer.range", "1"),
                PlanText.element("JSR223Timer", "wait", "scriptLanguage", "groovy", "script", "1"),
                PlanText.answer(
                        "json",
                        "{\"user\":\"${user}\",\"items\":[{\"id\":7},{\"id\":8}]}",
                        PlanText.element(
                                "JSONPostProcessor",
                                "id",
                                "JSONPostProcessor.referenceNames",
                                "byJsonPath",
                                "JSONPostProcessor.jsonPathExprs",
                                "$.items[1].id",
                                "JSONPostProcessor.match_numbers",
                                "1"),
                        PlanText.element(
                                "JMESPathExtractor",
                                "id",
                                "JMESExtractor.referenceName",
                                "byJmes",
                                "JMESExtractor.jmesPathExpr",
                                "items[0].id",
                                "JMESExtractor.matchNumber",
                                "1"),
                        PlanText.element(
                                "RegexExtractor",
                                "user",
                                "RegexExtractor.refname",
                                "byRegex",
                                "RegexExtractor.regex",
                                "user\":\"(\\w+)",
                                "RegexExtractor.template",
                                "$1$",
                                "RegexExtractor.match_number",
                                "1"),
                        PlanText.element(
                                "BoundaryExtractor",
                                "user",
                                "BoundaryExtractor.refname",
                                "byBoundary",
                                "BoundaryExtractor.lboundary",
                                "user\":\"",
                                "BoundaryExtractor.rboundary",
                                "\"",
                                "BoundaryExtractor.match_number",
                                "1"),
                        PlanText.element(
                                "JSONPathAssertion",
                                "there",
                                "JSON_PATH",
                                "$.items",
                                "EXPECTED_VALUE",
                                "",
                                "JSONVALIDATION",
                                "false"),
                        PlanText.element("DurationAssertion", "quick", "DurationAssertion.duration", "30000"),
                        PlanText.element(
                                "JSR223PostProcessor",
                                "after",
                                "scriptLanguage",
                                "groovy",
                                "script",
                                "vars.put('byGroovy', new groovy.json.JsonSlurper().parse(prev.responseData).user)"),
                        PlanText.element(
                                "BeanShellPostProcessor",
                                "after",
                                "script",
                                "vars.put(&quot;byBeanShell&quot;, prev.getSampleLabel());")),
                PlanText.answer(
                        "xml",
                        "&lt;shop&gt;&lt;item id='9'/&gt;&lt;/shop&gt;",
                        PlanText.element(
                                "XPath2Extractor",
                                "id",
                                "XPathExtractor2.refname",
                                "byXPath",
                                "XPathExtractor2.xpathQuery",
                                "/shop/item/@id",
                                "XPathExtractor2.matchNumber",
                                "1",
                                "XPathExtractor2.default",
                                "none"),
                        PlanText.element("XPath2Assertion", "there", "XPath.xpath", "/shop/item")),
                PlanText.answer(
                        "fails",
                        "x",
                        PlanText.element(
                                "JSR223Assertion",
                                "never",
                                "scriptLanguage",
                                "groovy",
                                "script",
                                "AssertionResult.setFailure(true); AssertionResult.setFailureMessage('not today')")),
                witness(Map.ofEntries(
                        Map.entry("row", "${user} ${item}"),
                        Map.entry("dice", "${dice}"),
                        Map.entry("extracted", "${byJsonPath} ${byJmes} ${byRegex} ${byBoundary} ${byXPath}"),
                        Map.entry("scripts", "${byGroovy} ${byBeanShell}"),
                        Map.entry("properties", "${__P(colour)} ${__property(size,,none)} ${__P(unset,default)}"),
                        Map.entry("random", "${__Random(5,5)}"),
                        Map.entry("csvRead", "${__CSVRead(data/users.csv,1)}"),
                        Map.entry("file", "${__FileToString(data/body.txt,,)}"),
                        Map.entry("line", "${__StringFromFile(data/body.txt,,,)}"),
                        Map.entry("groovy", "${__groovy(6 * 7)}"),
                        Map.entry("jexl", "${__jexl3(6 * 7)}"),
                        Map.entry("javaScript", "${__javaScript(6 * 7)}"),
                        Map.entry("time", "${__timeShift(yyyy,2026-01-01,P1D,,)}")))));

        run(Map.of("size", "large"));

        assertThat(samples.of("fails")).hasSize(2).allSatisfy(sample -> {
            assertThat(sample.errorKind()).isEqualTo("assertion");
            assertThat(sample.errorMessage()).isEqualTo("not today");
        });
        assertThat(List.of("json", "xml", "witness"))
                .allSatisfy(label -> assertThat(samples.of(label))
                        .hasSize(2)
                        .allSatisfy(sample -> assertThat(sample.errorKind())
                                .as(sample.errorMessage())
                                .isNull()));
        assertThat(witnessed("row")).isEqualTo("bob mug");
        assertThat(witnessed("dice")).matches("[1-6]");
        assertThat(witnessed("extracted")).isEqualTo("8 7 bob bob 9");
        assertThat(witnessed("scripts")).isEqualTo("bob json");
        assertThat(witnessed("properties")).isEqualTo("red large default");
        assertThat(witnessed("random")).isEqualTo("5");
        assertThat(witnessed("csvRead")).isIn("tea", "mug");
        assertThat(witnessed("file")).isEqualTo("from a file");
        assertThat(witnessed("line")).isEqualTo("from a file");
        assertThat(witnessed("groovy")).isEqualTo("42");
        assertThat(witnessed("jexl")).isEqualTo("42");
        assertThat(witnessed("javaScript")).isEqualTo("42");
        assertThat(witnessed("time")).isEqualTo("2026");
    }

    @Test
    void samplersOfEveryProtocolReachTheirServersOrSayWhyNot() throws Exception {
        Path lib = folder.resolve("lib");
        TestJar.of(lib.resolve("cases.jar"), folder.resolve("src"), "org.example.ShopCase", """
                package org.example;
                public class ShopCase extends junit.framework.TestCase {
                    public void testBasket() { assertEquals(4, 2 + 2); }
                    public void testBroken() { fail("the basket is empty"); }
                }
                """);
        Files.copy(JARS.resolve("h2.jar"), lib.resolve("h2.jar"));
        String nobody = String.valueOf(closedPort());
        try (var echo = new Echo()) {
            write(PlanText.group(
                    "users",
                    1,
                    1,
                    PlanText.element(
                            "JDBCDataSource",
                            "database",
                            "dataSource",
                            "db",
                            "dbUrl",
                            "jdbc:h2:mem:shop",
                            "driver",
                            "org.h2.Driver",
                            "poolMax",
                            "0",
                            "timeout",
                            "5000",
                            "autocommit",
                            "true",
                            "checkQuery",
                            "",
                            "transactionIsolation",
                            "DEFAULT",
                            "username",
                            "sa",
                            "password",
                            ""),
                    PlanText.element(
                            "JDBCSampler",
                            "jdbc",
                            "dataSource",
                            "db",
                            "queryType",
                            "Select Statement",
                            "query",
                            "select 6 * 7 as answer",
                            "variableNames",
                            "answer",
                            "resultSetHandler",
                            "Store as String"),
                    PlanText.element(
                            "JavaSampler", "java", "classname", "org.apache.jmeter.protocol.java.test.SleepTest"),
                    junit("junit", "testBasket"),
                    junit("junit that fails", "testBroken"),
                    PlanText.element("BeanShellSampler", "beanshell", "BeanShellSampler.query", "return 6 * 7;"),
                    PlanText.element(
                                    "SystemSampler",
                                    "process",
                                    "SystemSampler.command",
                                    "true",
                                    "SystemSampler.checkReturnCode",
                                    "true",
                                    "SystemSampler.expectedReturnCode",
                                    "0")
                            .replace("</SystemSampler>", """
                                    <elementProp name="SystemSampler.arguments" elementType="Arguments"/>
                                    <elementProp name="SystemSampler.environment" elementType="Arguments"/>
                                    </SystemSampler>"""),
                    PlanText.element(
                            "TCPSampler",
                            "tcp",
                            "TCPSampler.server",
                            "127.0.0.1",
                            "TCPSampler.port",
                            String.valueOf(echo.port()),
                            "TCPSampler.request",
                            "hello",
                            "TCPSampler.EolByte",
                            "10",
                            "TCPSampler.timeout",
                            "5000",
                            "TCPSampler.closeConnection",
                            "true"),
                    PlanText.element(
                            "FTPSampler",
                            "ftp",
                            "FTPSampler.server",
                            "127.0.0.1",
                            "FTPSampler.port",
                            nobody,
                            "FTPSampler.filename",
                            "x",
                            "FTPSampler.localfilename",
                            ""),
                    PlanText.element(
                            "LDAPSampler",
                            "ldap",
                            "servername",
                            "127.0.0.1",
                            "port",
                            nobody,
                            "rootdn",
                            "dc=x",
                            "test",
                            "search"),
                    PlanText.element(
                                    "SmtpSampler",
                                    "smtp",
                                    "SMTPSampler.server",
                                    "127.0.0.1",
                                    "SMTPSampler.serverPort",
                                    nobody,
                                    "SMTPSampler.mailFrom",
                                    "a@example.org",
                                    "SMTPSampler.receiverTo",
                                    "b@example.org")
                            .replace(
                                    "</SmtpSampler>",
                                    "<collectionProp name=\"SMTPSampler.headerFields\"/></SmtpSampler>"),
                    PlanText.element(
                            "MailReaderSampler",
                            "mail",
                            "host_type",
                            "pop3",
                            "host",
                            "127.0.0.1",
                            "host_port",
                            nobody,
                            "username",
                            "u",
                            "password",
                            "p",
                            "folder",
                            "INBOX",
                            "num_messages",
                            "1"),
                    PlanText.get(java.net.URI.create("http://127.0.0.1:" + nobody), "http", "/")));

            run();
        }

        assertThat(List.of("jdbc", "java", "junit", "beanshell", "process", "tcp"))
                .allSatisfy(label -> assertThat(samples.of(label))
                        .as(label)
                        .singleElement()
                        .satisfies(sample -> assertThat(sample.errorKind())
                                .as(sample.errorMessage())
                                .isNull()));
        assertThat(List.of("junit that fails", "ftp", "ldap", "smtp", "mail", "http"))
                .allSatisfy(label -> assertThat(samples.of(label))
                        .as(label)
                        .singleElement()
                        .satisfies(sample -> assertThat(sample.errorKind()).isNotNull()));
        assertThat(samples.of("http").getFirst().errorKind()).isEqualTo("connect.refused");
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String junit(String label, String method) {
        return PlanText.element(
                "JUnitSampler", label, "junitSampler.classname", "org.example.ShopCase", "junitsampler.method", method);
    }

    private static String controller(String type, String name, String... below) {
        return PlanText.around(PlanText.element(type, name), below);
    }

    private static String answer(String label) {
        return PlanText.answer(label, "x");
    }

    private static String argument(String name, String value) {
        return """
                <elementProp name="%1$s" elementType="Argument"><stringProp name="Argument.name">%1$s</stringProp>
                <stringProp name="Argument.value">%2$s</stringProp></elementProp>
                """.formatted(name, value);
    }

    /** A sampler that keeps what texts come to in properties. */
    private static String witness(Map<String, String> texts) {
        var script = new StringBuilder("def texts = Parameters.split('\\\\|', -1);");
        var parameters = new ArrayList<String>();
        new TreeMap<>(texts).forEach((name, text) -> {
            script.append("props.put('witness.%s', texts[%d]);".formatted(name, parameters.size()));
            parameters.add(text);
        });
        return PlanText.element(
                "JSR223Sampler",
                "witness",
                "scriptLanguage",
                "groovy",
                "parameters",
                String.join("|", parameters),
                "script",
                script.toString());
    }

    private static String witnessed(String name) {
        return JMeterUtils.getProperty("witness." + name);
    }

    private static List<Object> savedAndLoaded(TestElement element) throws IOException {
        element.setProperty(TestElement.GUI_CLASS, "TestBeanGUI");
        element.setProperty(TestElement.TEST_CLASS, element.getClass().getName());
        var out = new ByteArrayOutputStream();
        SaveService.saveTree(new ListedHashTree(element), out);
        Path file = Files.createTempFile("element", ".jmx");
        try {
            Files.write(file, out.toByteArray());
            return new ArrayList<>(SaveService.loadTree(file.toFile()).list());
        } finally {
            Files.delete(file);
        }
    }

    /** Class names in JMeter's own list of what may stand in a JMX file; keys with an underscore are its settings. */
    private static List<String> namesInSaveService() throws IOException {
        var names = new Properties();
        try (InputStream in = JMeterUtils.class.getResourceAsStream("/bin/saveservice.properties")) {
            names.load(in);
        }
        return names.entrySet().stream()
                .filter(entry -> !entry.getKey().toString().startsWith("_"))
                .map(entry -> entry.getValue().toString())
                .filter(name -> name.contains("."))
                .distinct()
                .sorted()
                .toList();
    }

    private void write(String... elements) {
        Plans.script(folder, "test.jmx", PlanText.plan(elements));
    }

    private void run() throws InterruptedException {
        run(Map.of());
    }

    private void run(Map<String, String> properties) throws InterruptedException {
        var scenario = Plans.scenario("test.jmx", new Load.FromScript(Duration.ofSeconds(5)), properties);
        assertThat(new JMeterTool().inspect(folder, scenario).problems()).isEmpty();
        var shard = Plans.shard(scenario, target, 0, 1);
        try (ToolSession session = new JMeterTool()
                .prepare(shard, Secrets.NONE, folder, samples, () -> true, KitRows.of(shard.inputs()))) {
            session.start(Instant.now());
            assertThat(session.await()).isEqualTo(ToolSession.ToolEnd.DONE);
        }
    }

    /** Answers each line with itself. */
    private static final class Echo implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        Echo() throws IOException {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    byte[] text = socket.getInputStream().readNBytes("hello".length());
                    socket.getOutputStream().write(text);
                    socket.getOutputStream().write('\n');
                    socket.getOutputStream().flush();
                } catch (IOException e) {
                    // The test sees that nothing came.
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
