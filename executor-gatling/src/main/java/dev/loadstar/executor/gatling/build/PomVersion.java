package dev.loadstar.executor.gatling.build;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** Reads from a POM alone which Gatling a project is for. What comes from a parent is not seen here, but in the class path that Maven makes. */
final class PomVersion {

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
    private static final int DEPTH = 10;

    private final Map<String, String> properties = new HashMap<>();
    private final List<String> versions = new ArrayList<>();

    private PomVersion() {}

    /** Empty where the POM does not say it, or cannot be read: Maven will say why. */
    static Optional<String> of(InputStream pom) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            var read = new PomVersion();
            read.read(builder.parse(pom).getDocumentElement());
            return read.version();
        } catch (SAXException e) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK has such a parser", e);
        }
    }

    private void read(Element project) {
        for (Element parent : children(project, "parent")) {
            text(parent, "version").ifPresent(version -> properties.put("project.version", version));
            text(parent, "version").ifPresent(version -> properties.put("project.parent.version", version));
        }
        text(project, "version").ifPresent(version -> properties.put("project.version", version));
        for (Element list : children(project, "properties")) {
            for (Element property : children(list, "*")) {
                properties.put(property.getTagName(), property.getTextContent().strip());
            }
        }
        dependencies(project);
        children(project, "dependencyManagement").forEach(this::dependencies);
    }

    private void dependencies(Element parent) {
        for (Element list : children(parent, "dependencies")) {
            for (Element dependency : children(list, "dependency")) {
                text(dependency, "groupId")
                        .map(this::resolved)
                        .filter(group -> group.equals("io.gatling") || group.startsWith("io.gatling."))
                        .flatMap(group -> text(dependency, "version"))
                        .ifPresent(versions::add);
            }
        }
    }

    private Optional<String> version() {
        return versions.stream()
                .map(this::resolved)
                .filter(version -> !version.contains("${"))
                .findFirst();
    }

    private String resolved(String text) {
        String now = text;
        for (int i = 0; i < DEPTH; i++) {
            now = PROPERTY.matcher(now)
                    .replaceAll(
                            match -> Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
        }
        return now;
    }

    private static Optional<String> text(Element parent, String name) {
        return children(parent, name).stream()
                .findFirst()
                .map(element -> element.getTextContent().strip());
    }

    private static List<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element
                    && (name.equals("*") || element.getTagName().equals(name))) {
                found.add(element);
            }
        }
        return found;
    }
}
