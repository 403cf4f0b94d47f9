package dev.loadstar.results.export;

import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.run.RunDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class JUnitReportTests {

    @Test
    void everyAssertionIsACaseAndWarnedOnesPassWithAProperty() throws Exception {
        var suite = suite(ExportedRun.document());

        assertThat(suite.getAttribute("name")).isEqualTo("shop <&> \"pay\"");
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(suite.getAttribute("time")).isEqualTo("30.250");
        assertThat(property(suite, "loadstar.verdict")).isEqualTo("FAILED");
        assertThat(property(suite, "loadstar.warned.p99-3"))
                .isEqualTo("p99 of 'a\ufffdb' < 1s: > 140.543 ms, beyond the warning value");
        assertThat(cases(suite))
                .containsExactly(
                        "the run can be judged",
                        "p95 < 300ms",
                        "errors < 1% failure FAILED errors < 1%: 1.96 %",
                        "p99 of 'a\ufffdb' < 1s system-out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVALID", "ERRORED", "ABORTED"})
    void runThatSaysNothingAboutItsTargetIsAnError(String verdict) throws Exception {
        var json = ExportedRun.json().put("verdict", verdict).put("reason", "executor 1 was saturated");

        assertThat(cases(suite(ExportedRun.document(json))))
                .startsWith("the run can be judged error " + verdict + " executor 1 was saturated");
    }

    @Test
    void assertionThatCannotBeJudgedIsAnError() throws Exception {
        String json = ExportedRun.json().toString().replace("\"status\":\"FAILED\"", "\"status\":\"INVALID\"");

        var suite = suite(Json.read(json, RunDocument.class));

        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(cases(suite)).anyMatch(one -> one.startsWith("errors < 1% error INVALID"));
    }

    @Test
    void refusedAndUnfinishedRunsAreNotGreen() throws Exception {
        var refused = ExportedRun.json().put("endReason", "REFUSED").putNull("verdict");
        refused.putArray("problems")
                .addObject()
                .put("pointer", "/name")
                .put("code", "value-invalid")
                .put("message", "name is missing");
        refused.putArray("assertions");
        var running =
                ExportedRun.json().put("status", "RUNNING").putNull("endReason").putNull("verdict");

        assertThat(cases(suite(ExportedRun.document(refused))))
                .containsExactly("the run can be judged error FINISHED name is missing");
        assertThat(cases(suite(ExportedRun.document(running))))
                .startsWith("the run can be judged error RUNNING the run is running and has no verdict");
    }

    /** Parsed after it was held against what Jenkins and Surefire both take. */
    private static Element suite(RunDocument run) throws Exception {
        String xml = JUnitReport.of(run);
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Objects.requireNonNull(JUnitReportTests.class.getResource("junit-common.xsd")));
        schema.newValidator().validate(new StreamSource(new StringReader(xml)));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    private static String property(Element suite, String name) {
        return elements(suite, "property")
                .filter(property -> property.getAttribute("name").equals(name))
                .map(property -> property.getAttribute("value"))
                .findFirst()
                .orElseThrow();
    }

    /** Name, then what came of it. */
    private static List<String> cases(Element suite) {
        return elements(suite, "testcase")
                .map(one -> {
                    var outcome = (Element) one.getFirstChild();
                    return outcome == null
                            ? one.getAttribute("name")
                            : String.join(
                                            " ",
                                            one.getAttribute("name"),
                                            outcome.getTagName(),
                                            outcome.getAttribute("type"),
                                            outcome.getAttribute("message"))
                                    .strip();
                })
                .toList();
    }

    private static Stream<Element> elements(Element in, String name) {
        var found = in.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }
}
