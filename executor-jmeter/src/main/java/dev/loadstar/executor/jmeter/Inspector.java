package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import org.apache.jmeter.control.IncludeController;
import org.apache.jmeter.control.ModuleController;
import org.apache.jmeter.control.TestFragmentController;
import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.reporters.ResultCollector;
import org.apache.jmeter.reporters.ResultSaver;
import org.apache.jmeter.sampler.TestAction;
import org.apache.jmeter.samplers.Sampler;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.PostThreadGroup;
import org.apache.jmeter.threads.SetupThreadGroup;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Looks at a JMX file and the ones it includes: what JMeter could not load, what is missing, what it would contact and call things. */
final class Inspector {

    private static final String FILE = "/script/file";

    /** The target as the platform hands it to scripts; which host that is, the definition says. */
    private static final String TARGET = "loadstar-target.invalid";

    private static final List<String> HOSTS =
            List.of("HTTPSampler.domain", "TCPSampler.server", "FTPSampler.server", "servername");

    private final ScriptFiles files;
    private final Path script;
    private final ElementTypes types = new ElementTypes();
    private final Literals literals;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> labels = new LinkedHashSet<>();
    private final Set<String> hosts = new TreeSet<>();
    private final List<Inspection.Group> groups = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();
    private boolean sends;
    private int mainGroups;

    Inspector(Path workspace, ScenarioPlan scenario) {
        files = ScriptFiles.of(workspace, scenario.script().file());
        script = files.root().resolve(scenario.script().file()).normalize();
        var properties = new TreeMap<>(Map.of(
                "loadstar.target.host",
                TARGET,
                "loadstar.target.protocol",
                "http",
                "loadstar.target.port",
                "80",
                "loadstar.baseUrl",
                "http://" + TARGET));
        properties.putAll(scenario.script().properties());
        literals = new Literals(properties);
    }

    Inspection inspect() {
        if (!script.startsWith(files.root())) {
            problem(ErrorCode.FILE_OUTSIDE, "The script's path leads out of the repository", null);
        } else if (!Files.isRegularFile(script)) {
            problem(ErrorCode.SCRIPT_MISSING, "There is no file " + files.root().relativize(script), null);
        } else {
            inspect(script);
            if (problems.isEmpty()) {
                checkThatItSends();
            }
        }
        return new Inspection(problems, List.copyOf(warnings), List.copyOf(labels), List.copyOf(hosts), groups);
    }

    private void inspect(Path jmx) {
        if (!seen.add(jmx)) {
            return;
        }
        String name = files.root().relativize(jmx).toString();
        if (ScriptFiles.isLfsPointer(jmx)) {
            problem(
                    ErrorCode.SCRIPT_INVALID,
                    name + " is a Git LFS pointer, not the file itself",
                    "Commit the file itself");
            return;
        }
        try {
            Jmx read = Jmx.read(jmx);
            checkTypes(read.plan(), name);
            read.plan().all().filter(Jmx.Item::enabled).forEach(this::learnVariables);
            read.plan().all().filter(Jmx.Item::enabled).forEach(this::look);
        } catch (SAXParseException e) {
            String place = name + ", line " + e.getLineNumber() + ": ";
            problem(ErrorCode.SCRIPT_INVALID, place + "not a JMX file: " + e.getMessage(), null);
        } catch (SAXException e) {
            problem(ErrorCode.SCRIPT_INVALID, name + " is not a JMX file: " + e.getMessage(), null);
        } catch (IOException e) {
            problem(ErrorCode.SCRIPT_INVALID, name + " cannot be read: " + e.getMessage(), null);
        }
    }

    /** JMeter loads disabled elements too, so one of a missing plug-in keeps the whole plan from loading. */
    private void checkTypes(Jmx.Item plan, String file) {
        Map<String, Jmx.Item> unknown = new TreeMap<>();
        plan.children().stream().flatMap(Jmx.Item::all).forEach(item -> {
            if (types.find(item.type()) == null) {
                unknown.putIfAbsent(types.className(item.type()), item);
            }
            item.innerTypes()
                    .filter(type -> types.find(type) == null)
                    .forEach(type -> unknown.putIfAbsent(types.className(type), item));
        });
        unknown.forEach((type, item) -> {
            String off = item.enabled() ? "" : " It is disabled, but JMeter loads disabled elements too.";
            String hint = types.plugin(type)
                    .map(plugin -> "It belongs to " + plugin + ", which is not installed.")
                    .orElse("It is neither in JMeter 5.6.3 nor in a plug-in that is installed.");
            problem(
                    ErrorCode.SCRIPT_INVALID,
                    "%s: '%s' needs the unknown class %s".formatted(file, item.name(), type),
                    hint + off + " Remove the element, or run it where the plug-in is.");
        });
    }

    private void learnVariables(Jmx.Item item) {
        if (item.type().equals("TestPlan") || item.type().equals("Arguments")) {
            item.arguments().forEach(pair -> literals.set(pair[0], pair[1]));
        }
    }

    private void look(Jmx.Item item) {
        String type = item.type();
        if (types.isA(type, AbstractThreadGroup.class)) {
            group(item);
        } else if (types.isA(type, IncludeController.class) || types.isA(type, ModuleController.class)) {
            sends = true;
        } else if (types.isA(type, ResultCollector.class) || types.isA(type, ResultSaver.class)) {
            warnings.add(
                    "The listener '%s' is switched off: the platform collects results itself".formatted(item.name()));
            return;
        } else if (types.isA(type, Sampler.class) && !types.isA(type, TestAction.class)) {
            sends = true;
            labels.add(item.name());
        } else if (types.isA(type, TransactionController.class)) {
            labels.add(item.name());
        }
        HOSTS.forEach(property -> item.property(property).ifPresent(host -> host(item, host)));
        item.property("HTTPSampler.path").filter(path -> path.contains("://")).ifPresent(url -> url(item, url));
        ScriptFiles.PROPERTIES.forEach(property -> item.property(property).ifPresent(path -> file(item, path)));
        item.properties(ScriptFiles.UPLOAD).forEach(path -> file(item, path));
    }

    private void group(Jmx.Item item) {
        String type = item.type();
        if (types.isA(type, SetupThreadGroup.class)
                || types.isA(type, PostThreadGroup.class)
                || types.isA(type, TestFragmentController.class)) {
            return;
        }
        mainGroups++;
        int users = item.property(AbstractThreadGroup.NUM_THREADS)
                .flatMap(literals::resolve)
                .flatMap(Inspector::number)
                .orElse(0);
        groups.add(new Inspection.Group(item.name(), types.className(type), users));
    }

    private void host(Jmx.Item item, String text) {
        if (text.isBlank()) {
            return;
        }
        Optional<String> host = literals.resolve(text.strip());
        if (host.isEmpty()) {
            warnings.add("The host '%s' of '%s' is only known in a run".formatted(text, item.name()));
        } else if (!host.get().isBlank() && !host.get().equals(TARGET)) {
            hosts.add(host.get());
        }
    }

    private void url(Jmx.Item item, String text) {
        Optional<String> url = literals.resolve(text.strip());
        try {
            String host = url.isEmpty() ? null : URI.create(url.get()).getHost();
            host(item, host == null ? text : host);
        } catch (IllegalArgumentException e) {
            host(item, text);
        }
    }

    private void file(Jmx.Item item, String text) {
        Optional<String> path = literals.resolve(text.strip());
        if (path.isEmpty() || path.get().isBlank()) {
            return;
        }
        if (!files.isInside(path.get())) {
            problem(
                    ErrorCode.FILE_OUTSIDE,
                    "'%s' reads %s, which is not in the repository".formatted(item.name(), text),
                    null);
            return;
        }
        Path file = files.resolve(path.get());
        if (!Files.isRegularFile(file)) {
            problem(
                    ErrorCode.FILE_MISSING,
                    "'%s' reads %s, which is not in the repository".formatted(item.name(), text),
                    "Paths count from the repository's root or from the script's folder");
        } else if (ScriptFiles.isLfsPointer(file)) {
            problem(
                    ErrorCode.FILE_MISSING,
                    "'%s' reads %s, which is a Git LFS pointer".formatted(item.name(), text),
                    "Commit the file itself");
        } else if (types.isA(item.type(), IncludeController.class)) {
            inspect(file);
        }
    }

    private void checkThatItSends() {
        if (mainGroups == 0) {
            problem(ErrorCode.SCRIPT_INVALID, "The script has no enabled thread group", null);
        } else if (!sends) {
            problem(ErrorCode.SCRIPT_INVALID, "The script has no enabled sampler", null);
        }
    }

    private void problem(ErrorCode code, String message, @org.jspecify.annotations.Nullable String hint) {
        problems.add(hint == null ? Problem.at(FILE, code, message) : Problem.at(FILE, code, message, hint));
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.valueOf(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
