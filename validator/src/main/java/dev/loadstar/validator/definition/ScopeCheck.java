package dev.loadstar.validator.definition;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.problem.ErrorCode;

/** Holds the scopes of assertions against the scenarios: the names are there, and there is what is measured in them. */
final class ScopeCheck {

    private final List<Definition.Scenario> scenarios;
    private final Problems problems;

    ScopeCheck(List<Definition.Scenario> scenarios, Problems problems) {
        this.scenarios = scenarios;
        this.problems = problems;
    }

    void checkNames(Place scenarioPlace, Place stagePlace, Scope scope) {
        String scenario = scope.scenario();
        String stage = scope.stage();
        List<String> names = scenarios.stream().map(Definition.Scenario::name).toList();
        if (scenario != null && !names.contains(scenario)) {
            missing(scenarioPlace, "scenario", scenario, names);
        }
        List<String> stages = scenarios.stream()
                .filter(one -> scenario == null
                        || !names.contains(scenario)
                        || one.name().equals(scenario))
                .flatMap(one -> one.stages().stream())
                .distinct()
                .toList();
        if (stage != null && !stages.contains(stage)) {
            missing(stagePlace, "stage", stage, stages);
        }
    }

    private void missing(Place place, String kind, String name, List<String> known) {
        String hint = Suggestion.nearest(name, known)
                .map("Did you mean `%s`?"::formatted)
                .orElse(known.isEmpty() ? "There is none" : "There are: " + String.join(", ", known));
        problems.add(place, ErrorCode.VALUE_INVALID, "There is no %s named `%s`".formatted(kind, name), hint);
    }

    /** Latency as a sentence means it: from when the schedule wanted it, where there is one. */
    String latency(Scope scope) {
        return covered(scope).stream().anyMatch(is(Load::hasSchedule)) ? "latency.intended" : "latency.service";
    }

    /** A metric that does not exist in the scope would be judged on nothing. */
    void checkMetric(Place place, Metric metric, Scope scope) {
        List<Definition.Scenario> covered = covered(scope);
        switch (metric) {
            case LATENCY_INTENDED ->
                covered.stream()
                        .filter(is(load -> !load.hasSchedule()))
                        .findFirst()
                        .ifPresent(one -> problems.add(
                                place,
                                ErrorCode.VALUE_INVALID,
                                "`latency.intended` does not exist in scenario `%s`, which has no schedule"
                                        .formatted(one.name()),
                                "Use `latency.service`, or name a scenario with open load or `pacing` in `scope`"));
            case ARRIVALS_DROPPED -> {
                if (scope.request() != null) {
                    problems.invalid(place, "`arrivals.dropped` has no requests: an arrival is a whole iteration");
                }
                if (!covered.isEmpty() && covered.stream().noneMatch(is(load -> load instanceof Load.Open))) {
                    problems.add(
                            place,
                            ErrorCode.VALUE_INVALID,
                            "`arrivals.dropped` exists in open loads only, and this is none",
                            null);
                }
            }
            case LATENCY_SERVICE, ERRORS, REQUESTS, BYTES_RECEIVED, LOAD_DELIVERED -> {}
        }
    }

    /** Scenarios in the scope, as far as their load is known. */
    private List<Definition.Scenario> covered(Scope scope) {
        return scenarios.stream()
                .filter(one -> one.load().isPresent())
                .filter(one -> scope.scenario() == null || scope.scenario().equals(one.name()))
                .filter(one -> scope.stage() == null || one.stages().contains(scope.stage()))
                .toList();
    }

    private static Predicate<Definition.Scenario> is(Predicate<Load> what) {
        return scenario -> Optional.of(scenario)
                .flatMap(Definition.Scenario::load)
                .filter(what)
                .isPresent();
    }
}
