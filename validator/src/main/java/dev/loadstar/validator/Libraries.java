package dev.loadstar.validator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.plan.BundleFile;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import dev.loadstar.validator.artifact.ArtifactRequest;
import dev.loadstar.validator.artifact.Artifacts;
import dev.loadstar.validator.definition.Definition;

/** Gives scenarios the jars that they ask for by coordinates. */
record Libraries(Artifacts artifacts) {

    /** The definition with the jars of each scenario; one whose jars cannot be had loses its script. */
    Definition find(Definition definition, List<Problem> problems) throws IOException {
        var scenarios = new ArrayList<Definition.Scenario>();
        for (Definition.Scenario scenario : definition.scenarios()) {
            scenarios.add(scenario.artifacts().isEmpty() ? scenario : find(scenario, problems));
        }
        return definition.withScenarios(scenarios);
    }

    private Definition.Scenario find(Definition.Scenario scenario, List<Problem> problems) throws IOException {
        var jars = new ArrayList<BundleFile>();
        var found = new ArrayList<Problem>();
        for (ArtifactRequest request : scenario.artifacts()) {
            if (scenario.script().isEmpty()) {
                found.add(Problem.at(request.pointer(), ErrorCode.VALUE_INVALID, "Only a script can use libraries"));
            } else {
                Artifacts.Found answer = artifacts.find(request);
                jars.addAll(answer.jars());
                found.addAll(answer.problems());
            }
        }
        problems.addAll(found);
        return scenario.withWork(
                found.isEmpty() ? scenario.script().map(script -> script.withLibraries(jars)) : Optional.empty());
    }
}
