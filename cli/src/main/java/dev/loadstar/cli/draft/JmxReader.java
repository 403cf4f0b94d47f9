package dev.loadstar.cli.draft;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the enabled elements of a JMeter plan off its XML. A document type, and with it every entity, is refused. */
final class JmxReader {

    private static final int DEEPEST = 200;
    private static final String TREE = "hashTree";
    private static final Set<String> WANTED = Set.of(
            "ThreadGroup.num_threads",
            "ThreadGroup.ramp_time",
            "ThreadGroup.scheduler",
            "ThreadGroup.duration",
            "HTTPSampler.protocol",
            "HTTPSampler.domain",
            "HTTPSampler.port",
            "HTTPSampler.path");

    private final XMLStreamReader xml;
    private final List<Element> elements = new ArrayList<>();

    private JmxReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** @param arguments names and values of what it lists */
    record Element(String type, Map<String, String> properties, Map<String, String> arguments) {

        /** One that makes load, of whatever kind. */
        boolean isThreadGroup() {
            return type.endsWith("ThreadGroup") && !type.equals("SetupThreadGroup") && !type.equals("PostThreadGroup");
        }

        boolean holdsVariables() {
            return type.equals("TestPlan") || type.equals("Arguments");
        }

        String property(String name) {
            return properties.getOrDefault(name, "");
        }
    }

    static List<Element> enabledElements(InputStream in) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        var reader = new JmxReader(factory.createXMLStreamReader(in));
        reader.plan();
        return reader.elements;
    }

    private void plan() throws XMLStreamException {
        if (!nextChild() || !xml.getLocalName().equals("jmeterTestPlan")) {
            throw new XMLStreamException("its first element is not jmeterTestPlan");
        }
        while (nextChild()) {
            tree(0);
        }
    }

    /** Elements, each followed by the tree of what is below it; a disabled one hides its tree. */
    private void tree(int depth) throws XMLStreamException {
        if (depth > DEEPEST) {
            throw new XMLStreamException("its elements are nested too deeply");
        }
        boolean shown = true;
        while (nextChild()) {
            if (!xml.getLocalName().equals(TREE)) {
                shown = !"false".equals(xml.getAttributeValue(null, "enabled"));
                element(shown);
            } else if (shown) {
                tree(depth + 1);
            } else {
                skip();
            }
        }
    }

    private void element(boolean shown) throws XMLStreamException {
        String type = xml.getLocalName();
        var properties = new LinkedHashMap<String, String>();
        var arguments = new LinkedHashMap<String, String>();
        String argument = "";
        for (int depth = 1; depth > 0; ) {
            int event = next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                String name = String.valueOf(xml.getAttributeValue(null, "name"));
                if (WANTED.contains(name)) {
                    properties.put(name, xml.getElementText());
                } else if (name.equals("Argument.name")) {
                    argument = xml.getElementText();
                } else if (name.equals("Argument.value")) {
                    arguments.put(argument, xml.getElementText());
                } else {
                    depth++;
                }
            }
        }
        if (shown) {
            elements.add(new Element(type, properties, arguments));
        }
    }

    private void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    /** Goes to the next element on this level; false at the end of what it is in. */
    private boolean nextChild() throws XMLStreamException {
        int event = next();
        while (event != XMLStreamConstants.START_ELEMENT) {
            if (event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.END_DOCUMENT) {
                return false;
            }
            event = next();
        }
        return true;
    }

    private int next() throws XMLStreamException {
        int event = xml.next();
        if (event == XMLStreamConstants.DTD) {
            throw new XMLStreamException("it has a document type, which no JMeter plan needs");
        }
        return event;
    }
}
