package dev.loadstar.executor.jmeter;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.executor.script.ScriptValues;
import org.apache.jmeter.control.IncludeController;
import org.apache.jmeter.control.ModuleController;
import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.reporters.ResultCollector;
import org.apache.jmeter.reporters.ResultSaver;
import org.apache.jmeter.sampler.TestAction;
import org.apache.jmeter.samplers.Sampler;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.PostThreadGroup;
import org.apache.jmeter.threads.SetupThreadGroup;

/** What the enabled elements of a plan would do: names of requests, hosts, groups of users. */
final class ScriptContents {

    private static final List<String> HOSTS =
            List.of("HTTPSampler.domain", "TCPSampler.server", "FTPSampler.server", "servername");

    private final ElementTypes types;
    private final Literals literals;
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> labels = new LinkedHashSet<>();
    private final Set<String> hosts = new TreeSet<>();
    private final List<Inspection.Group> groups = new ArrayList<>();
    private boolean sends;

    /** @param properties that the script can read */
    ScriptContents(ElementTypes types, Map<String, String> properties) {
        this.types = types;
        literals = new Literals(properties);
    }

    boolean hasGroup() {
        return !groups.isEmpty();
    }

    boolean sends() {
        return sends;
    }

    Inspection inspection(List<Problem> problems) {
        return new Inspection(problems, List.copyOf(warnings), List.copyOf(labels), List.copyOf(hosts), groups);
    }

    /** A text with what is known before a run. */
    Optional<String> resolve(String text) {
        return literals.resolve(text.strip());
    }

    /** Adds a plan or a part of one. Variables first, because an element may use what one below it sets. */
    void add(Jmx jmx) {
        jmx.enabled().forEach(this::learnVariables);
        jmx.enabled().forEach(this::look);
    }

    /** Listeners that the platform switches off, and whose files are therefore none of the script's. */
    boolean isSwitchedOff(Jmx.Item item) {
        return types.isA(item.type(), ResultCollector.class) || types.isA(item.type(), ResultSaver.class);
    }

    private void learnVariables(Jmx.Item item) {
        if (item.type().equals("TestPlan") || item.type().equals("Arguments")) {
            item.arguments().forEach(literals::set);
        }
    }

    private void look(Jmx.Item item) {
        String type = item.type();
        if (isSwitchedOff(item)) {
            warnings.add(
                    "The listener '%s' is switched off: the platform collects results itself".formatted(item.name()));
        } else if (types.isA(type, AbstractThreadGroup.class)) {
            group(item);
        } else if (types.isA(type, IncludeController.class) || types.isA(type, ModuleController.class)) {
            sends = true;
        } else if (types.isA(type, Sampler.class) && !types.isA(type, TestAction.class)) {
            sends = true;
            labels.add(item.name());
        } else if (types.isA(type, TransactionController.class)) {
            labels.add(item.name());
        }
        Functions.unknownIn(item.texts())
                .forEach(name -> warnings.add(
                        "'%s' calls %s, which JMeter 5.6.3 does not have: it stays in the text unless a jar of the script brings it"
                                .formatted(item.name(), name)));
        HOSTS.forEach(property -> item.property(property).ifPresent(host -> host(item, host)));
        item.property("HTTPSampler.path").filter(path -> path.contains("://")).ifPresent(url -> url(item, url));
    }

    private void group(Jmx.Item item) {
        String type = item.type();
        if (types.isA(type, SetupThreadGroup.class) || types.isA(type, PostThreadGroup.class)) {
            return;
        }
        int users = item.property(AbstractThreadGroup.NUM_THREADS)
                .flatMap(this::resolve)
                .flatMap(ScriptContents::number)
                .orElse(0);
        String name = types.className(type);
        Division division =
                Division.of(name, property -> item.property(property).flatMap(this::resolve));
        String alone = division instanceof Division.Impossible(String why) ? why : null;
        groups.add(new Inspection.Group(item.name(), name, users, alone));
    }

    private void host(Jmx.Item item, String text) {
        if (text.isBlank()) {
            return;
        }
        Optional<String> host = resolve(text);
        if (host.isEmpty()) {
            warnings.add("The host '%s' of '%s' is only known in a run".formatted(text, item.name()));
        } else if (!host.get().isBlank() && !host.get().equals(ScriptValues.UNKNOWN_HOST)) {
            hosts.add(host.get());
        }
    }

    private void url(Jmx.Item item, String text) {
        try {
            String host = resolve(text).map(URI::create).map(URI::getHost).orElse(null);
            host(item, host == null ? text : host);
        } catch (IllegalArgumentException e) {
            warnings.add("The address '%s' of '%s' cannot be read".formatted(text, item.name()));
        }
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
