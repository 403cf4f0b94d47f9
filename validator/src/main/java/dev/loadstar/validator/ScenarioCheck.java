package dev.loadstar.validator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.plan.Inspection;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
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
import org.jspecify.annotations.Nullable;

/** Holds the scenarios against the files: the scripts are there, and their tools find nothing wrong with them. */
final class ScenarioCheck {

    private final Inspector inspector;
    private final TargetPolicy targets;
    private final Set<String> tools;
    private final Libraries libraries;

    ScenarioCheck(Inspector inspector, TargetPolicy targets, Set<String> tools, Libraries libraries) {
        this.inspector = inspector;
        this.targets = targets;
        this.tools = tools;
        this.libraries = libraries;
    }

    /**
     * Adds to {@code problems} and {@code warnings} what it finds.
     *
     * @return the definition with the libraries that its scenarios ask for, and with what was built of their scripts
     */
    Definition check(Definition read, Bundle bundle, List<Problem> problems, List<String> warnings)
            throws IOException, InterruptedException {
        Definition definition = libraries.find(read, problems);
        var asked = new ArrayList<Asked>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Definition.Scenario> scenarios = definition.scenarios();
            for (int i = 0; i < scenarios.size(); i++) {
                int executors = definition.executors().of(i, scenarios.size());
                Definition.Scenario scenario = scenarios.get(i);
                List<Problem> missing = missingFiles(scenario, bundle);
                problems.addAll(missing);
                problems.addAll(addressProblems(scenario, definition.target()));
                scenario.plan()
                        .filter(plan -> missing.isEmpty() && tools.contains(plan.tool()) && needsInspection(plan))
                        .ifPresent(plan -> asked.add(new Asked(
                                scenario.pointer(),
                                plan,
                                executors,
                                threads.submit(() -> inspector.inspect(bundle.digest(), bundle.files(), plan)))));
            }
            for (Asked one : asked) {
                take(one, definition, problems, warnings);
            }
        }
        warnOfLabels(asked, definition, warnings);
        return withBuilt(definition, asked);
    }

    private static Definition withBuilt(Definition definition, List<Asked> asked)
            throws IOException, InterruptedException {
        var built = new HashMap<String, List<BundleFile>>();
        for (Asked one : asked) {
            built.put(one.pointer(), one.inspection().built());
        }
        return definition.withScenarios(definition.scenarios().stream()
                .map(scenario -> scenario.withBuilt(built.getOrDefault(scenario.pointer(), List.of())))
                .toList());
    }

    /** A script that is being inspected. */
    private record Asked(String pointer, ScenarioPlan plan, int executors, Future<Inspection> answer) {

        /** Where its work stands in the scenario. */
        String place() {
            return switch (plan.work()) {
                case ScenarioPlan.Script _ -> "/script/file";
                case Requests _ -> "/requests";
            };
        }

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
            String place = problem.pointer().isEmpty() ? one.place() : problem.pointer();
            problems.add(new Problem(one.pointer() + place, problem.code(), problem.message(), problem.hint()));
        }
        inspection.warnings().forEach(warning -> warnings.add(one.plan().name() + ": " + warning));
        problems.addAll(undivided(one, inspection));
        RunPlan.Target target = definition.target();
        if (target != null) {
            problems.addAll(targets.check(target, inspection.hosts(), one.pointer() + one.place()));
        }
    }

    /** Groups of a script that decides its own load, and that several executors cannot share. */
    private static List<Problem> undivided(Asked one, Inspection inspection) {
        if (one.executors() == 1 || !(one.plan().load() instanceof Load.FromScript)) {
            return List.of();
        }
        return inspection.groups().stream()
                .filter(group -> group.alone() != null)
                .map(group -> Problem.at(
                        one.pointer() + "/script/loadFrom",
                        ErrorCode.VALUE_INVALID,
                        "The load of '%s' cannot be divided over %d executors: %s"
                                .formatted(group.name(), one.executors(), group.alone()),
                        "Set `executors.count` to one per scenario, or let the platform decide the load"))
                .toList();
    }

    private List<Problem> addressProblems(Definition.Scenario scenario, RunPlan.@Nullable Target target) {
        return target == null
                ? List.of()
                : scenario.addresses().stream()
                        .flatMap(address -> targets.check(target, List.of(address.host()), address.pointer()).stream())
                        .toList();
    }

    private static List<Problem> missingFiles(Definition.Scenario scenario, Bundle bundle) {
        var problems = new ArrayList<Problem>();
        scenario.script()
                .flatMap(script -> BundlePaths.problem(
                        scenario.pointer() + "/script/file", script.file(), bundle, ErrorCode.SCRIPT_MISSING))
                .ifPresent(problems::add);
        List<Requests.Request> requests =
                scenario.requests().map(Requests::list).orElse(List.of());
        for (int r = 0; r < requests.size(); r++) {
            if (requests.get(r).body() instanceof Requests.Body.File file) {
                String pointer = "%s/requests/%d/body/file".formatted(scenario.pointer(), r);
                BundlePaths.problem(pointer, file.path(), bundle, ErrorCode.FILE_MISSING)
                        .ifPresent(problems::add);
            }
        }
        return problems;
    }

    /** A script always; of requests only what is written in the tool's own language. */
    private static boolean needsInspection(ScenarioPlan plan) {
        return switch (plan.work()) {
            case ScenarioPlan.Script _ -> true;
            case Requests requests ->
                requests.list().stream()
                        .anyMatch(request -> !request.expect().jsonPath().isEmpty()
                                || request.extract().stream()
                                        .anyMatch(extract -> extract.from() == Requests.Extract.From.JSON_PATH));
        };
    }

    /** A mistyped label would only show at the end, as an assertion without samples. */
    private static void warnOfLabels(List<Asked> asked, Definition definition, List<String> warnings)
            throws IOException, InterruptedException {
        Set<String> labels = new HashSet<>();
        for (Asked one : asked) {
            labels.addAll(one.inspection().labels());
        }
        List<Requests> requests = definition.scenarios().stream()
                .flatMap(scenario -> scenario.requests().stream())
                .toList();
        requests.forEach(all -> all.list().forEach(request -> labels.add(request.name())));
        long scripts = asked.stream()
                .filter(one -> one.plan().work() instanceof ScenarioPlan.Script)
                .count();
        boolean complete = scripts + requests.size() == definition.scenarios().size()
                && labels.stream().noneMatch(label -> label.contains("${") || label.contains("__"));
        for (AssertionPlan assertion : definition.assertions()) {
            String request = assertion.scope().request();
            if (complete && !labels.isEmpty() && request != null && !labels.contains(request)) {
                String meant = Suggestion.nearest(request, labels)
                        .map("; did you mean '%s'?"::formatted)
                        .orElse("");
                warnings.add("%s: no scenario has a request named '%s'%s".formatted(assertion.id(), request, meant));
            }
        }
    }
}
