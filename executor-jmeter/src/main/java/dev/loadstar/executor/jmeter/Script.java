package dev.loadstar.executor.jmeter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.executor.script.ClassPath;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.control.ReplaceableController;
import org.apache.jmeter.exceptions.IllegalUserActionException;
import org.apache.jmeter.gui.tree.JMeterTreeModel;
import org.apache.jmeter.gui.tree.JMeterTreeNode;
import org.apache.jmeter.reporters.ResultCollector;
import org.apache.jmeter.reporters.ResultSaver;
import org.apache.jmeter.reporters.Summariser;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.services.FileServer;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.TestPlan;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.PostThreadGroup;
import org.apache.jmeter.threads.SetupThreadGroup;
import org.apache.jmeter.visualizers.backend.BackendListener;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.SearchByClass;
import org.jspecify.annotations.Nullable;

/** A test plan as JMeter's command line would run it: includes resolved, disabled elements gone, and no listener that writes files. */
final class Script {

    private final HashTree tree;
    private final TestPlan plan;
    private @Nullable ResultFile results;

    Script(HashTree tree) {
        this.tree = tree;
        if (!(tree.getArray().length > 0 && tree.getArray()[0] instanceof TestPlan found)) {
            throw new LoadstarException(ErrorCode.SCRIPT_INVALID, "The script holds no test plan");
        }
        this.plan = found;
    }

    /** @throws LoadstarException SCRIPT_INVALID with JMeter's own reason if it cannot be loaded */
    static Script load(Path workspace, String file) {
        Path jmx = workspace.toAbsolutePath().resolve(file).normalize();
        FileServer.getFileServer().setBaseForScript(jmx.toFile());
        try {
            HashTree tree = SaveService.loadTree(jmx.toFile());
            var files = ScriptFiles.of(workspace, file);
            files.writeInto(tree);
            useOwnClassPath(tree);
            resolveReplaceable(tree);
            var script = new Script(JMeter.convertSubTree(tree, true));
            files.writeInto(script.tree);
            script.remove(script.tree, Script::isUnwanted);
            // Whatever ends the load, tear-down steps run.
            script.plan.setTearDownOnShutdown(true);
            return script;
        } catch (IOException | IllegalArgumentException | IllegalUserActionException e) {
            throw new LoadstarException(ErrorCode.SCRIPT_INVALID, "JMeter cannot load the script: " + reason(e), e);
        }
    }

    HashTree tree() {
        return tree;
    }

    void add(TestElement element) {
        tree.add(plan, element);
    }

    /** Adds JMeter's own result file where the scenario asks for it. */
    void writeResults(ScenarioPlan scenario, UnaryOperator<String> hide) {
        if (scenario.options().contains(ResultFile.OPTION)) {
            ResultFile file = ResultFile.open(hide);
            add(file);
            results = file;
        }
    }

    void closeResults() {
        ResultFile file = results;
        if (file != null) {
            file.close();
        }
    }

    /** Enabled thread groups of any kind, in the script's order, without set-up and tear-down. */
    List<AbstractThreadGroup> mainGroups() {
        return groups().stream()
                .filter(group -> !(group instanceof SetupThreadGroup) && !(group instanceof PostThreadGroup))
                .toList();
    }

    List<AbstractThreadGroup> setUpGroups() {
        return groups().stream().filter(SetupThreadGroup.class::isInstance).toList();
    }

    List<AbstractThreadGroup> tearDownGroups() {
        return groups().stream().filter(PostThreadGroup.class::isInstance).toList();
    }

    /** Puts another group in the place of one of the plan's, with all that is in it. */
    void replace(AbstractThreadGroup old, AbstractThreadGroup by) {
        tree.getTree(plan).replaceKey(old, by);
    }

    void remove(AbstractThreadGroup group) {
        tree.getTree(plan).remove(group);
    }

    /** Groups that would run one after the other run together: the schedule says when each has users. */
    void runGroupsTogether() {
        plan.setSerialized(false);
    }

    private List<AbstractThreadGroup> groups() {
        return tree.getTree(plan).list().stream()
                .filter(AbstractThreadGroup.class::isInstance)
                .map(AbstractThreadGroup.class::cast)
                .toList();
    }

    /** What the plan itself adds to the class path; JMeter would add it to a class loader that is not there. */
    private static void useOwnClassPath(HashTree tree) {
        var plans = new SearchByClass<>(TestPlan.class);
        tree.traverse(plans);
        for (TestPlan plan : plans.getSearchResults()) {
            ClassPath.add(Arrays.stream(plan.getTestPlanClasspathArray())
                    .map(Path::of)
                    .toList());
            plan.setTestPlanClasspath("");
        }
    }

    /** As JMeter's own command line does it for module controllers. */
    @SuppressWarnings("deprecation") // JMeter's way to have a tree model without a display
    private static void resolveReplaceable(HashTree tree) throws IllegalUserActionException {
        var model = new JMeterTreeModel(new Object());
        var root = (JMeterTreeNode) model.getRoot();
        model.addSubTree(tree, root);
        var replaceable = new SearchByClass<>(ReplaceableController.class);
        tree.traverse(replaceable);
        replaceable.getSearchResults().forEach(controller -> controller.resolveReplacementSubTree(root));
    }

    /** Listeners that write files, print, or send what the platform itself collects. */
    private static boolean isUnwanted(Object element) {
        return element instanceof ResultCollector
                || element instanceof ResultSaver
                || element instanceof Summariser
                || element instanceof BackendListener;
    }

    private void remove(HashTree from, Predicate<Object> unwanted) {
        for (Object element : new ArrayList<>(from.list())) {
            if (unwanted.test(element)) {
                from.remove(element);
            } else {
                remove(from.getTree(element), unwanted);
            }
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
    }
}
