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
    private final int executors;
    private final Problems problems;

    /** @param executors how many there are */
    ScopeCheck(List<Definition.Scenario> scenarios, int executors, Problems problems) {
        this.scenarios = scenarios;
        this.executors = executors;
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
            case LOAD_DELIVERED -> {
                if (scope.request() != null) {
                    problems.invalid(place, "`load.delivered` has no requests: it is of whole iterations or users");
                }
            }
            case GENERATOR_CPU -> {
                if (scope.request() != null) {
                    problems.invalid(place, "`generator.cpu` has no requests: it is of whole executors");
                }
            }
            case PROMETHEUS -> {
                if (scope.request() != null) {
                    problems.invalid(place, "What the target's Prometheus tells has no requests");
                }
            }
            case LATENCY_SERVICE, CONNECT, TTFB, ERRORS, REQUESTS, BYTES_RECEIVED -> {}
        }
    }

    /** What is measured is kept merged over executors, and the status of a response only with its error. */
    void checkParts(Place scopePlace, Metric metric, Scope scope) {
        Integer executor = scope.executor();
        if (executor != null && metric != Metric.GENERATOR_CPU) {
            notYet(
                    scopePlace.at("executor"),
                    "`executor`, except of `generator.cpu`,",
                    "What is measured is kept merged over executors");
        } else if (executor != null && executor > executors) {
            problems.invalid(
                    scopePlace.at("executor"),
                    "There is no executor %d: there %s"
                            .formatted(executor, executors == 1 ? "is 1" : "are " + executors));
        }
        String status = scope.status();
        if (status != null && (metric != Metric.ERRORS || status.compareTo("4") < 0)) {
            notYet(
                    scopePlace.at("status"),
                    "`status`, except of `errors` from 400 on,",
                    "The status of a response is kept only with its error");
        }
    }

    private void notYet(Place place, String what, String why) {
        problems.add(place, ErrorCode.NOT_SUPPORTED_YET, what + " is not supported yet", why);
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
