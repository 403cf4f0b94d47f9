package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import org.apache.jmeter.control.IncludeController;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Looks at a JMX file and the ones it includes: what JMeter could not load, what is missing, what it would do. */
final class Inspector {

    private static final String FILE = "/script/file";

    private final ScriptFiles files;
    private final Path script;
    private final ElementTypes types = new ElementTypes();
    private final ScriptContents contents;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();

    Inspector(Path workspace, ScenarioPlan.Script asked) {
        files = ScriptFiles.of(workspace, asked.file());
        script = files.root().resolve(asked.file()).normalize();
        contents = new ScriptContents(types, asked.properties());
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
        return contents.inspection(problems);
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
            read.enabled().filter(item -> !contents.isSwitchedOff(item)).forEach(this::checkFiles);
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
            String hint = types.plugin(type)
                    .map(plugin -> "It belongs to " + plugin + ", which is not installed.")
                    .orElse("It is neither in JMeter 5.6.3 nor in a plug-in that is installed.");
            problem(
                    ErrorCode.SCRIPT_INVALID,
                    "%s: '%s' needs the unknown class %s".formatted(file, item.name(), type),
                    hint + off + " Remove the element.");
        });
    }

    private void checkFiles(Jmx.Item item) {
        ScriptFiles.PROPERTIES.forEach(property -> item.property(property).ifPresent(path -> checkFile(item, path)));
        item.properties(ScriptFiles.UPLOAD).forEach(path -> checkFile(item, path));
    }

    private void checkFile(Jmx.Item item, String text) {
        Optional<String> path = contents.resolve(text);
        if (path.isEmpty() || path.get().isBlank()) {
            return;
        }
        String reads = "'%s' reads %s, which is ".formatted(item.name(), text);
        if (!files.isInside(path.get())) {
            problem(ErrorCode.FILE_OUTSIDE, reads + "outside of the repository", null);
            return;
        }
        Path file = files.resolve(path.get());
        if (!Files.isRegularFile(file)) {
            String hint = "Paths count from the repository's root or from the script's folder";
            problem(ErrorCode.FILE_MISSING, reads + "not in the repository", hint);
        } else if (ScriptFiles.isLfsPointer(file)) {
            problem(ErrorCode.FILE_MISSING, reads + "a Git LFS pointer", "Commit the file itself");
        } else if (types.isA(item.type(), IncludeController.class)) {
            inspect(file);
        }
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
