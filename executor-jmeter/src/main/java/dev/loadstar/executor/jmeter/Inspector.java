package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.executor.script.ClassPath;
import dev.loadstar.executor.script.ScriptValues;
import org.apache.jmeter.control.IncludeController;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Looks at a JMX file and the ones it includes: what JMeter could not load, what is missing, what it would do. */
final class Inspector {

    private static final String FILE = "/script/file";

    private final ScriptFiles files;
    private final Path script;
    private final ScenarioPlan.Script asked;
    private final ElementTypes types = new ElementTypes();
    private final ScriptProperties properties;
    private final ScriptContents contents;
    private final FileCheck fileCheck;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();

    Inspector(Path workspace, ScenarioPlan.Script asked) {
        this.asked = asked;
        files = ScriptFiles.of(workspace, asked.file());
        script = files.root().resolve(asked.file()).normalize();
        var known = new TreeMap<>(ScriptValues.BEFORE_A_RUN);
        known.put(ScriptValues.WORKSPACE, files.root().toString());
        properties = ScriptProperties.of(asked.properties(), known, files);
        contents = new ScriptContents(types, properties.values());
        fileCheck = new FileCheck(files, contents::resolve, FILE);
    }

    Inspection inspect() {
        if (!script.startsWith(files.root())) {
            problem(ErrorCode.FILE_OUTSIDE, "The script's path leads out of the repository", null);
        } else if (!Files.isRegularFile(script)) {
            problem(ErrorCode.SCRIPT_MISSING, "There is no file " + files.root().relativize(script), null);
        } else {
            inspectAll();
        }
        if (asked.entry() != null) {
            problems.add(Problem.at(
                    "/script/entry",
                    ErrorCode.VALUE_INVALID,
                    "A JMeter plan has no entries: all of its enabled thread groups run",
                    "Disable the others in the plan"));
        }
        return contents.inspection(problems);
    }

    private void inspectAll() {
        var jars = ScriptJars.of(files, asked.libraries());
        problems.addAll(jars.problems(files.root(), FILE));
        if (problems.isEmpty()) {
            ClassPath.add(jars.jars());
        }
        fileCheck.check(properties.system(), asked.properties());
        inspect(script);
        problems.addAll(fileCheck.problems());
        if (problems.isEmpty()) {
            checkThatItSends();
        }
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
            checkTypes(read, name);
            contents.add(read);
            read.enabled().filter(item -> !contents.isSwitchedOff(item)).forEach(this::check);
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
    private void checkTypes(Jmx jmx, String file) {
        Map<String, Jmx.Item> unknown = new TreeMap<>();
        jmx.all()
                .forEach(item -> item.types()
                        .filter(type -> types.find(type) == null)
                        .forEach(type -> unknown.putIfAbsent(types.className(type), item)));
        unknown.forEach((type, item) -> {
            String off = item.enabled() ? "" : " It is disabled, but JMeter loads disabled elements too.";
            problem(
                    ErrorCode.SCRIPT_INVALID,
                    "%s: '%s' needs the unknown class %s".formatted(file, item.name(), type),
                    Plugin.hint(type) + off);
        });
    }

    private void check(Jmx.Item item) {
        problems.addAll(new NamedClasses(types, contents::resolve).problems(item, FILE));
        fileCheck.check(item, file -> {
            if (types.isA(item.type(), IncludeController.class)) {
                inspect(file);
            }
        });
    }

    private void checkThatItSends() {
        if (!contents.hasGroup()) {
            problem(ErrorCode.SCRIPT_INVALID, "The script has no enabled thread group", null);
        } else if (!contents.sends()) {
            problem(ErrorCode.SCRIPT_INVALID, "The script has no enabled sampler", null);
        }
    }

    private void problem(ErrorCode code, String message, @Nullable String hint) {
        problems.add(hint == null ? Problem.at(FILE, code, message) : Problem.at(FILE, code, message, hint));
    }
}
