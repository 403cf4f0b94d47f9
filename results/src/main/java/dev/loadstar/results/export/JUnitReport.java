package dev.loadstar.results.export;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import dev.loadstar.contract.problem.Problem;
import dev.loadstar.contract.run.AssertionStatus;
import dev.loadstar.contract.run.EndReason;
import dev.loadstar.contract.run.RunDocument;
import dev.loadstar.contract.run.RunDocument.AssertionResult;
import dev.loadstar.contract.run.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A run as the XML in which JUnit's results are written, with what the schemas of Jenkins (junit-10.xsd) and Surefire
 * (surefire-test-report.xsd) have in common: one suite, whose properties say what a test case has no place for. Its first
 * case is the run itself, an error where its verdict is about the run and not about the target; each assertion is a case.
 */
public final class JUnitReport {

    private static final String THE_RUN = "the run can be judged";

    private final RunDocument run;
    private final String suite;
    private final XMLStreamWriter xml;

    private JUnitReport(RunDocument run, XMLStreamWriter xml) {
        this.run = run;
        this.suite = run.test() == null ? "run " + run.number() : run.test();
        this.xml = xml;
    }

    /** A run that has not finished is an error too, so that nobody takes it for green. */
    public static String of(RunDocument run) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JUnitReport(run, xml).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the run cannot be written as XML", e);
        }
        return text.toString();
    }

    private void write() throws XMLStreamException {
        @Nullable String broken = broken();
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute("name", suite);
        attribute("tests", String.valueOf(1 + run.assertions().size()));
        attribute("failures", String.valueOf(count(AssertionStatus.FAILED)));
        attribute("errors", String.valueOf(count(AssertionStatus.INVALID) + (broken == null ? 0 : 1)));
        attribute("skipped", "0");
        attribute("time", seconds());
        attribute("timestamp", timestamp());
        properties();
        startCase(THE_RUN);
        if (broken != null) {
            outcome(
                    "error",
                    run.verdict() == null
                            ? String.valueOf(run.status())
                            : run.verdict().name(),
                    broken);
        }
        xml.writeEndElement();
        for (AssertionResult assertion : run.assertions()) {
            testCase(assertion);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void testCase(AssertionResult assertion) throws XMLStreamException {
        startCase(assertion.text());
        switch (assertion.status()) {
            case PASSED -> {}
            case WARNED, RECORDED -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(clean(assertion.status() + ": " + sentence(assertion)));
                xml.writeEndElement();
            }
            case FAILED -> outcome("failure", "FAILED", sentence(assertion));
            case INVALID -> outcome("error", "INVALID", sentence(assertion));
        }
        xml.writeEndElement();
    }

    private void startCase(String name) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        attribute("name", name);
        attribute("classname", suite);
        attribute("time", "0");
    }

    private void outcome(String element, String type, String message) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("type", type);
        attribute("message", message);
        xml.writeCharacters(clean(message));
        xml.writeEndElement();
    }

    private void properties() throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("properties");
        property("loadstar.run", run.project() + "/" + run.number());
        property("loadstar.status", run.status().name());
        property(
                "loadstar.verdict", run.verdict() == null ? null : run.verdict().name());
        property(
                "loadstar.wouldBe", run.wouldBe() == null ? null : run.wouldBe().name());
        property("loadstar.reason", run.reason());
        for (AssertionResult assertion : run.assertions()) {
            if (assertion.status() == AssertionStatus.WARNED) {
                property("loadstar.warned." + assertion.id(), sentence(assertion));
            }
        }
        xml.writeEndElement();
    }

    private void property(String name, @Nullable String value) throws XMLStreamException {
        if (value != null) {
            xml.writeEmptyElement("property");
            attribute("name", name);
            attribute("value", value);
        }
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value));
    }

    /** Why the run says nothing about its target; null where it does. */
    private @Nullable String broken() {
        if (run.endReason() == EndReason.REFUSED) {
            return run.problems().stream().map(Problem::message).collect(Collectors.joining("; "));
        }
        Verdict verdict = run.verdict();
        if (verdict == null) {
            return "the run is " + run.status().name().toLowerCase(Locale.ROOT) + " and has no verdict";
        }
        String reason = run.reason() == null ? verdict.name() : run.reason();
        return switch (verdict) {
            case PASSED, WARNED, FAILED -> null;
            case INVALID, ERRORED, ABORTED -> reason;
        };
    }

    private static String sentence(AssertionResult assertion) {
        var parts = new ArrayList<String>(List.of(assertion.text() + ": " + MeasuredValue.of(assertion)));
        if (assertion.detail() != null) {
            parts.add(assertion.detail());
        }
        return String.join(", ", parts);
    }

    private long count(AssertionStatus status) {
        return run.assertions().stream()
                .filter(assertion -> assertion.status() == status)
                .count();
    }

    /** Of load, to the millisecond. */
    private String seconds() {
        Instant start = run.times().loadStarted();
        Instant end = run.times().loadEnded();
        return start == null || end == null
                ? "0"
                : String.format(
                        Locale.ROOT, "%.3f", Duration.between(start, end).toMillis() / 1000.0);
    }

    private String timestamp() {
        Instant start = run.times().loadStarted();
        Instant at = start == null ? run.times().submitted() : start;
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }

    /** Without the characters that XML 1.0 cannot hold, not even escaped. */
    private static String clean(String text) {
        return text.codePoints()
                .map(c -> isXml(c) ? c : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c <= 0xd7ff)
                || (c >= 0xe000 && c <= 0xfffd)
                || c >= 0x10000;
    }
}
