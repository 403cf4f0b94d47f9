package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** A JMX file as text says it, without anything of it being made or run: no class is loaded, no external entity read. */
record Jmx(List<Item> items) {

    /** Every element of the plan, in its order. */
    Stream<Item> all() {
        return items.stream().flatMap(Item::all);
    }

    Stream<Item> enabled() {
        return all().filter(Item::enabled);
    }

    /** @throws SAXException if it is not XML, has a document type, or is not a test plan */
    static Jmx read(Path file) throws IOException, SAXException {
        try (InputStream in = Files.newInputStream(file)) {
            var builder = factory().newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            Element root = builder.parse(in).getDocumentElement();
            if (!root.getTagName().equals("jmeterTestPlan")) {
                throw new SAXException("the root element is <" + root.getTagName() + ">, not <jmeterTestPlan>");
            }
            return new Jmx(children(root, true));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JDK's own parser, whatever a plug-in brings. */
    private static DocumentBuilderFactory factory() throws ParserConfigurationException {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    /** Each element is followed by the hash tree of what stands below it. */
    private static List<Item> children(Element parent, boolean enabled) {
        var items = new ArrayList<Item>();
        Element open = null;
        for (Element child : elements(parent)) {
            if (child.getTagName().equals("hashTree")) {
                if (open == null) {
                    items.addAll(children(child, enabled));
                } else {
                    items.add(item(open, enabled, child));
                    open = null;
                }
            } else {
                if (open != null) {
                    items.add(item(open, enabled, null));
                }
                open = child;
            }
        }
        if (open != null) {
            items.add(item(open, enabled, null));
        }
        return items;
    }

    private static Item item(Element element, boolean above, @Nullable Element below) {
        boolean enabled = above && !element.getAttribute("enabled").equals("false");
        return new Item(element, enabled, below == null ? List.of() : children(below, enabled));
    }

    private static List<Element> elements(Element parent) {
        var elements = new ArrayList<Element>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** One element of the plan; {@code enabled} if it and all above it are. */
    record Item(Element element, boolean enabled, List<Item> children) {

        /** Alias or class name, as JMeter resolves it on loading. */
        String type() {
            String type = element.getAttribute("class");
            return (type.isEmpty() ? element.getTagName() : type)
                    .replace("_-", "$")
                    .replace("__", "_");
        }

        String name() {
            return element.getAttribute("testname");
        }

        /** Text of a property of the element itself. */
        Optional<String> property(String name) {
            return elements(element).stream()
                    .filter(property -> property.getAttribute("name").equals(name))
                    .map(Element::getTextContent)
                    .findFirst();
        }

        /** Texts of all properties of that name, also in elements that are properties. */
        List<String> properties(String name) {
            return descendants("*")
                    .filter(property -> property.getAttribute("name").equals(name))
                    .map(Element::getTextContent)
                    .toList();
        }

        /** Its type and those of elements that are its properties, such as the arguments of a request. */
        Stream<String> types() {
            Stream<String> inner = descendants("elementProp")
                    .map(property -> property.getAttribute("elementType"))
                    .filter(type -> !type.isEmpty());
            return Stream.concat(Stream.of(type()), inner);
        }

        /** Texts of all properties, also in elements that are properties. */
        Stream<String> texts() {
            return descendants("stringProp").map(Element::getTextContent);
        }

        /** Names and values in lists of arguments and variables; of several with one name the first counts. */
        Map<String, String> arguments() {
            return descendants("elementProp")
                    .map(argument -> new Item(argument, true, List.of()))
                    .filter(argument -> argument.property("Argument.name").isPresent())
                    .collect(Collectors.toMap(
                            argument -> argument.property("Argument.name").orElse(""),
                            argument -> argument.property("Argument.value").orElse(""),
                            (first, again) -> first,
                            LinkedHashMap::new));
        }

        /** This and all below it. */
        Stream<Item> all() {
            return Stream.concat(Stream.of(this), children.stream().flatMap(Item::all));
        }

        private Stream<Element> descendants(String tag) {
            var found = element.getElementsByTagName(tag);
            return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
        }
    }

    /** The parser's default handler prints. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {}

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
