package dev.loadstar.validator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.validator.definition.Definition;
import dev.loadstar.validator.definition.Suggestion;
import dev.loadstar.validator.inspection.Inspector;
import dev.loadstar.validator.source.Bundle;
import dev.loadstar.validator.target.TargetPolicy;

/** Holds the scenarios against the files: the scripts are there, and their tools find nothing wrong with them. */
final class ScenarioCheck {

    private final Inspector inspector;
    private final TargetPolicy targets;
    private final Set<String> tools;

    ScenarioCheck(Inspector inspector, TargetPolicy targets, Set<String> tools) {
        this.inspector = inspector;
        this.targets = targets;
        this.tools = tools;
    }

    /** Adds to {@code problems} and {@code warnings} what it finds. */
    void check(Definition definition, Bundle bundle, List<Problem> problems, List<String> warnings)
            throws IOException, InterruptedException {
        var asked = new ArrayList<Asked>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Definition.Scenario scenario : definition.scenarios()) {
                scriptProblem(scenario, bundle)
                        .ifPresentOrElse(
                                problems::add,
                                () -> scenario.plan()
                                        .filter(plan -> tools.contains(plan.tool()))
                                        .ifPresent(plan -> asked.add(new Asked(
                                                scenario.pointer(),
                                                plan,
                                                threads.submit(() ->
                                                        inspector.inspect(bundle.digest(), bundle.files(), plan))))));
            }
            for (Asked one : asked) {
                take(one, definition, problems, warnings);
            }
        }
        warnOfLabels(asked, definition, warnings);
    }

    /** A script that is being inspected. */
    private record Asked(String pointer, ScenarioPlan plan, Future<Inspection> answer) {

        Inspection inspection() throws IOException, InterruptedException {
            try {
                return answer.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException io) {
                    throw io;
                }
                throw new LoadstarException(ErrorCode.INTERNAL_ERROR, "The inspection failed: " + e.getCause(), e);
            }
        }
    }

    private void take(Asked one, Definition definition, List<Problem> problems, List<String> warnings)
            throws IOException, InterruptedException {
        Inspection inspection = one.inspection();
        for (Problem problem : inspection.problems()) {
            problems.add(
                    new Problem(one.pointer() + problem.pointer(), problem.code(), problem.message(), problem.hint()));
        }
        inspection.warnings().forEach(warning -> warnings.add(one.plan().name() + ": " + warning));
        RunPlan.Target target = definition.target();
        if (target != null) {
            problems.addAll(targets.check(target, inspection.hosts(), one.pointer() + "/script/file"));
        }
    }

    private static Optional<Problem> scriptProblem(Definition.Scenario scenario, Bundle bundle) {
        Optional<String> named = scenario.script().map(ScenarioPlan.Script::file);
        if (named.isEmpty() || bundle.file(named.get()).isPresent()) {
            return Optional.empty();
        }
        String pointer = scenario.pointer() + "/script/file";
        String path = named.get();
        if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
            return Optional.of(Problem.at(
                    pointer,
                    ErrorCode.FILE_OUTSIDE,
                    "\"%s\" leads out of the repository".formatted(path),
                    "Name it relative to the repository's root"));
        }
        String hint = nearest(path, bundle)
                .map("Did you mean \"%s\"?"::formatted)
                .orElse(bundle.files().size() == 1 ? "The definition is the only file; others come with `git`" : null);
        return Optional.of(new Problem(
                pointer,
                ErrorCode.SCRIPT_MISSING.slug(),
                "There is no file \"%s\" in the repository".formatted(path),
                hint));
    }

    /** The same name in another folder, or a name that is nearly the same. */
    private static Optional<String> nearest(String path, Bundle bundle) {
        List<String> paths = bundle.files().stream().map(BundleFile::path).toList();
        String name = path.substring(path.lastIndexOf('/') + 1);
        return paths.stream()
                .filter(other -> other.equals(name) || other.endsWith("/" + name))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .or(() -> Suggestion.nearest(path, paths));
    }

    /** A mistyped label would only show at the end, as an assertion without samples. */
    private static void warnOfLabels(List<Asked> asked, Definition definition, List<String> warnings)
            throws IOException, InterruptedException {
        Set<String> labels = new HashSet<>();
        for (Asked one : asked) {
            labels.addAll(one.inspection().labels());
        }
        boolean complete = asked.size() == definition.scenarios().size()
                && labels.stream().noneMatch(label -> label.contains("${") || label.contains("__"));
        for (AssertionPlan assertion : definition.assertions()) {
            String request = assertion.scope().request();
            if (complete && !labels.isEmpty() && request != null && !labels.contains(request)) {
                String meant = Suggestion.nearest(request, labels)
                        .map("; did you mean '%s'?"::formatted)
                        .orElse("");
                warnings.add("%s: no script has a request named '%s'%s".formatted(assertion.id(), request, meant));
            }
        }
    }
}
