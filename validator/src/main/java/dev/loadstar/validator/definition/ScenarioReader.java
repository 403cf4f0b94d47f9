package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Work;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.template.Reference.Kind;
import dev.loadstar.contract.template.Template;

/** Reads {@code scenarios}. */
final class ScenarioReader {

    private final References.Known known;
    private final Place defaults;
    private final Tools tools;
    private final Problems problems;

    ScenarioReader(References.Known known, Place defaults, Tools tools, Problems problems) {
        this.known = known;
        this.defaults = defaults;
        this.tools = tools;
        this.problems = problems;
    }

    List<Definition.Scenario> read(Place list) {
        var scenarios = new ArrayList<Definition.Scenario>();
        Set<String> names = new HashSet<>();
        for (Place place : list.items()) {
            String name = place.at("name").text("");
            if (!name.isEmpty() && !names.add(name)) {
                problems.invalid(place.at("name"), "Two scenarios are named `%s`".formatted(name));
            }
            scenarios.add(scenario(place, name));
        }
        return scenarios;
    }

    private Definition.Scenario scenario(Place place, String name) {
        boolean script = place.at("script").exists();
        Optional<Load> load = new LoadReader(problems).read(place);
        String tool = new ToolChoice(tools, problems).of(place, Ability.neededBy(place, load));
        checkOptions(place.at("toolOptions"), tool);
        List<String> data = data(place.at("data"));
        Set<Kind> kinds = script ? EnumSet.of(Kind.ENV, Kind.SECRET) : EnumSet.allOf(Kind.class);
        var references = new References(known, kinds, data, problems);
        var requests = new RequestsReader(defaults, references, problems);
        Optional<Work> work = script
                ? script(place.at("script"), references)
                : Optional.of(place.at("requests"))
                        .filter(list -> !list.items().isEmpty())
                        .map(requests::read);
        return new Definition.Scenario(
                place.pointer(),
                name,
                tool,
                place.at("startAfter").duration(Duration.ZERO),
                work,
                load,
                LoadReader.stageNames(place),
                data,
                references.columns(),
                requests.addresses(),
                tools.artifacts(tool, place.at("toolOptions")),
                place.at("toolOptions").at(tool).flags());
    }

    /** Options of a tool that the scenario does not use would be ignored, and nothing is. */
    private void checkOptions(Place place, String tool) {
        for (String other : tools.names()) {
            if (!other.equals(tool) && place.at(other).exists()) {
                problems.invalid(place.at(other), "`%s` is not the tool of this scenario".formatted(other));
            }
        }
    }

    private List<String> data(Place list) {
        for (Place place : list.items()) {
            place.text()
                    .filter(name -> !known.data().contains(name))
                    .ifPresent(name -> problems.add(
                            place,
                            ErrorCode.VALUE_INVALID,
                            "There is no data named `%s`".formatted(name),
                            Suggestion.nearest(name, known.data())
                                    .map("Did you mean `%s`?"::formatted)
                                    .orElse("Declare it in the definition's `data`")));
        }
        return list.items().stream()
                .flatMap(item -> item.text().stream())
                .distinct()
                .toList();
    }

    private Optional<Work> script(Place place, References references) {
        return place.at("file").text().map(file -> {
            var properties = new LinkedHashMap<String, String>();
            Place list = place.at("properties");
            list.texts()
                    .forEach((key, text) -> references
                            .check(list.at(key), text)
                            .ifPresent(template -> properties.put(key, withVariables(template))));
            return new ScenarioPlan.Script(file, place.at("entry").text().orElse(null), properties);
        });
    }

    /** Variables are put in already here, so that an inspection sees where the script would go; secrets never are. */
    private String withVariables(Template template) {
        Map<String, String> variables = known.variables();
        return template.parts().stream()
                .map(part -> part.reference()
                        .map(reference -> reference.kind() == Kind.ENV
                                ? Template.escape(variables.getOrDefault(reference.name(), ""))
                                : reference.toString())
                        .orElseGet(() -> Template.escape(part.literal())))
                .collect(Collectors.joining());
    }
}
