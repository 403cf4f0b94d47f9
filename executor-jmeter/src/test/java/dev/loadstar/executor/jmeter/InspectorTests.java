package dev.loadstar.executor.jmeter;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class InspectorTests {

    private static final URI ELSEWHERE = URI.create("http://shop.example.org:80");

    @TempDir
    Path folder;

    @Test
    void soundPlanShowsItsLabelsAndGroups() {
        Inspection found = inspect("jmeter/shop.jmx", Map.of("buyers", "2"));

        assertThat(found.problems()).isEmpty();
        assertThat(found.labels())
                .containsExactly(
                        "prepare",
                        "checkout",
                        "add to cart",
                        "pay",
                        "look around",
                        "home",
                        "moved",
                        "only ada",
                        "missing",
                        "compute",
                        "clean up");
        assertThat(found.groups())
                .containsExactly(
                        new Inspection.Group("Buyers", "org.apache.jmeter.threads.ThreadGroup", 2, null),
                        new Inspection.Group("Browsers", "org.apache.jmeter.threads.ThreadGroup", 3, null));
        assertThat(found.hosts()).isEmpty();
        assertThat(found.warnings()).singleElement().asString().contains("Simple Data Writer");
    }

    @Test
    void everythingWrongIsSaidAtOnce() {
        write(PlanText.plan(
                PlanText.group(
                        "users",
                        1,
                        1,
                        PlanText.get(ELSEWHERE, "home", "/"),
                        PlanText.element("com.example.Unheard", "strange"),
                        PlanText.disabled(PlanText.element("kg.apc.jmeter.samplers.DummySampler", "dummy")),
                        PlanText.element("CSVDataSet", "rows", "filename", "no/such.csv"),
                        PlanText.element("JSR223Sampler", "token", "filename", "../../secret.groovy"),
                        PlanText.element("CSVDataSet", "later", "filename", "${__P(which,)}/${folder}.csv")),
                PlanText.element("JSR223PreProcessor", "off", "filename", "missing.groovy")
                        .replace("testname=", "enabled=\"false\" testname=")));

        Inspection found = inspect("test.jmx", Map.of());

        assertThat(found.problems()).extracting(Problem::pointer).containsOnly("/script/file");
        assertThat(messages(found, ErrorCode.SCRIPT_INVALID))
                .satisfiesExactly(
                        first -> assertThat(first).contains("'strange' needs the unknown class com.example.Unheard"),
                        second -> assertThat(second).contains("DummySampler").contains("'dummy'"));
        assertThat(messages(found, ErrorCode.FILE_MISSING))
                .singleElement()
                .asString()
                .contains("'rows' reads no/such.csv, which is not in the repository");
        assertThat(messages(found, ErrorCode.FILE_OUTSIDE))
                .singleElement()
                .asString()
                .contains("secret.groovy");
        assertThat(found.problems())
                .anySatisfy(problem -> assertThat(problem.hint())
                        .contains("Dummy Sampler")
                        .contains("kg.apc:jmeter-plugins-dummy:0.4")
                        .contains("loads disabled elements too"));
    }

    @Test
    void filesThatFunctionsReadAreHeldAgainstTheRepository() {
        Plans.script(folder, "body.txt", "x");
        Plans.script(folder, "pointer.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
        write(PlanText.plan(PlanText.group(
                "users",
                1,
                1,
                PlanText.answer("there", "${__FileToString(body.txt,,)} ${__UUID} ${__chooseRandom(a,b,x)}"),
                PlanText.answer("variable", "${__FileToString(${dir}/body.txt,,)} ${__CSVRead(*rows,1)}"),
                PlanText.answer("away", "x ${__StringFromFile(/etc/passwd,,,)}"),
                PlanText.answer("missing", "${__CSVRead(no.csv,0)}"),
                PlanText.answer("lfs", "${__FileToString(pointer.csv)}"))));

        Inspection found = inspect("test.jmx", Map.of());

        assertThat(found.warnings()).singleElement().asString().contains("'there' calls __chooseRandom");
        assertThat(messages(found, ErrorCode.FILE_OUTSIDE))
                .containsExactly("a function of 'away' reads /etc/passwd, which is outside of the repository");
        assertThat(messages(found, ErrorCode.FILE_MISSING))
                .containsExactly(
                        "a function of 'missing' reads no.csv, which is not in the repository",
                        "a function of 'lfs' reads pointer.csv, which is a Git LFS pointer");
    }

    @Test
    void classesThatElementsNameAndKeyStoresAreHeldAgainstWhatIsThere() {
        write(PlanText.plan(
                PlanText.element("JDBCDataSource", "database", "driver", "com.example.Driver"),
                PlanText.group(
                        "users",
                        1,
                        1,
                        PlanText.element("JavaSampler", "java", "classname", "com.example.Client"),
                        PlanText.element("JUnitSampler", "case", "junitSampler.classname", "com.example.Case"))));

        Inspection found = inspect("test.jmx", Map.of("javax.net.ssl.keyStore", "keys/client.p12"));

        assertThat(messages(found, ErrorCode.SCRIPT_INVALID))
                .containsExactly(
                        "'database' names the JDBC driver com.example.Driver, which is not there",
                        "'java' names the client com.example.Client, which is not there",
                        "'case' names the test case com.example.Case, which is not there");
        assertThat(found.problems()).anySatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo("/script/properties/javax.net.ssl.keyStore");
            assertThat(problem.message()).contains("keys/client.p12, which is not in the repository");
        });
    }

    @Test
    void jarThatIsNoneIsRefused() throws Exception {
        Files.createDirectories(folder.resolve("lib/ext"));
        Plans.script(folder, "lib/ext/broken.jar", "<html>404</html>");
        Plans.script(folder, "lib/pointer.jar", "version https://git-lfs.github.com/spec/v1\n");
        write(PlanText.plan(PlanText.group("users", 1, 1, PlanText.get(ELSEWHERE, "home", "/"))));

        Inspection found = inspect("test.jmx", Map.of());

        assertThat(found.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "lib/pointer.jar is a Git LFS pointer", "lib/ext/broken.jar is not a jar that can be read");
    }

    @Test
    void fileThatIsNotXmlIsRefusedWithItsLine() {
        write("<jmeterTestPlan>\n<hashTree>\n</jmeterTestPlan>");

        assertThat(messages(inspect("test.jmx", Map.of()), ErrorCode.SCRIPT_INVALID))
                .singleElement()
                .asString()
                .contains("test.jmx, line 3");
    }

    @Test
    void externalEntityIsNeverRead() {
        write(
                "<!DOCTYPE jmeterTestPlan [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<jmeterTestPlan>&x;</jmeterTestPlan>");

        assertThat(messages(inspect("test.jmx", Map.of()), ErrorCode.SCRIPT_INVALID))
                .singleElement()
                .asString()
                .contains("DOCTYPE");
    }

    @Test
    void pointerOfGitLfsIsNamed() {
        write("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");

        assertThat(messages(inspect("test.jmx", Map.of()), ErrorCode.SCRIPT_INVALID))
                .singleElement()
                .asString()
                .contains("Git LFS pointer");
    }

    @Test
    void planThatCannotSendIsRefused() {
        write(PlanText.plan(PlanText.group("users", 1, 1, PlanText.disabled(PlanText.get(ELSEWHERE, "home", "/")))));
        assertThat(messages(inspect("test.jmx", Map.of()), ErrorCode.SCRIPT_INVALID))
                .containsExactly("The script has no enabled sampler");

        write(PlanText.plan(PlanText.disabled(PlanText.group("users", 1, 1, PlanText.get(ELSEWHERE, "home", "/")))));
        assertThat(messages(inspect("test.jmx", Map.of()), ErrorCode.SCRIPT_INVALID))
                .containsExactly("The script has no enabled thread group");
    }

    @Test
    void hostsAreTheOnesThatTheScriptNames() {
        write(PlanText.plan(PlanText.group(
                "users",
                1,
                1,
                PlanText.get(ELSEWHERE, "home", "/"),
                PlanText.get(URI.create("http://127.0.0.1:1"), "by property", "/")
                        .replace(">127.0.0.1<", ">${__P(host,127.0.0.9)}<"),
                PlanText.get(URI.create("http://127.0.0.1:1"), "by url", "http://cdn.example.org/x"),
                PlanText.get(URI.create("http://127.0.0.1:1"), "later", "/").replace(">127.0.0.1<", ">${found}<"))));

        Inspection found = inspect("test.jmx", Map.of("host", "api.example.org"));

        assertThat(found.hosts())
                .containsExactly("127.0.0.1", "api.example.org", "cdn.example.org", "shop.example.org");
        assertThat(found.warnings())
                .singleElement()
                .asString()
                .contains("${found}")
                .contains("'later'");
    }

    private static List<String> messages(Inspection found, ErrorCode code) {
        return found.problems().stream()
                .filter(problem -> problem.code().equals(code.slug()))
                .map(Problem::message)
                .toList();
    }

    private void write(String text) {
        Plans.script(folder, "test.jmx", text);
    }

    private Inspection inspect(String file, Map<String, String> properties) {
        return new JMeterTool()
                .inspect(
                        Plans.workspace(folder),
                        Plans.scenario(file, Plans.hold(1, Duration.ofSeconds(1)), properties));
    }
}
