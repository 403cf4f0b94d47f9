package dev.loadstar.cli.draft;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import javax.xml.stream.XMLStreamException;

import dev.loadstar.cli.draft.JmxReader.Element;

/**
 * What a JMeter plan says of its load and of where it goes, as far as that stands in it: variables and the defaults of
 * properties are filled in, what only a running JMeter could know is left out.
 *
 * @param users of all enabled thread groups; 0 where none has a number
 * @param rampUp seconds of the slowest of them
 * @param duration seconds of the longest of them; 0 where none has a time
 * @param targets base URLs of the HTTP requests, in the plan's order
 */
public record JmxOutline(int users, long rampUp, long duration, List<URI> targets) {

    private static final long MOST_BYTES = 50L << 20;

    public JmxOutline {
        targets = List.copyOf(targets);
    }

    /** @throws IOException with a sentence for the user if the file cannot be read or is no such plan */
    public static JmxOutline read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it has more than " + (MOST_BYTES >> 20) + " MB");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return of(JmxReader.enabledElements(in));
        } catch (XMLStreamException e) {
            throw new IOException(
                    "it is no JMeter plan: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static JmxOutline of(List<Element> elements) {
        var variables = new Variables();
        elements.stream().filter(Element::holdsVariables).forEach(variables::add);
        int users = 0;
        long rampUp = 0;
        long duration = 0;
        for (Element group : elements.stream().filter(Element::isThreadGroup).toList()) {
            users += Math.toIntExact(Math.min(1_000_000, variables.number(group, "ThreadGroup.num_threads")));
            rampUp = Math.max(rampUp, variables.number(group, "ThreadGroup.ramp_time"));
            boolean timed = "true".equals(variables.text(group, "ThreadGroup.scheduler"));
            duration = Math.max(duration, timed ? variables.number(group, "ThreadGroup.duration") : 0);
        }
        Set<URI> targets = new LinkedHashSet<>();
        elements.forEach(element -> target(element, variables).ifPresent(targets::add));
        return new JmxOutline(users, rampUp, duration, new ArrayList<>(targets));
    }

    private static Optional<URI> target(Element element, Variables variables) {
        String host = variables.text(element, "HTTPSampler.domain");
        String path = variables.text(element, "HTTPSampler.path");
        if (host.isEmpty()) {
            return path.matches("https?://.*") ? origin(path) : Optional.empty();
        }
        String scheme = variables.text(element, "HTTPSampler.protocol");
        String port = variables.text(element, "HTTPSampler.port");
        return origin((scheme.isEmpty() ? "http" : scheme) + "://" + host + (port.isEmpty() ? "" : ":" + port));
    }

    private static Optional<URI> origin(String text) {
        try {
            var uri = URI.create(text);
            return uri.getHost() == null
                    ? Optional.empty()
                    : Optional.of(URI.create(uri.getScheme() + "://" + Objects.requireNonNull(uri.getRawAuthority())));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a function or a variable that only JMeter can fill in
        }
    }
}
