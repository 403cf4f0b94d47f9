package dev.loadstar.validator.definition;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Work;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.template.Reference.Kind;
import dev.loadstar.contract.template.Template;

/** Reads {@code scenarios}. */
final class ScenarioReader {

    /** Stands for whichever tool can send requests. */
    private static final String ANY = "any";

    /** The tool that sends them. */
    private static final String FOR_REQUESTS = "jmeter";

    private static final Set<String> FORMAT_TOOLS = Set.of("jmeter", "gatling");

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
        String tool = tool(place.at("tool"), script);
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
                work,
                new LoadReader(problems).read(place),
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

    private String tool(Place place, boolean script) {
        String asked = place.text("");
        if (asked.equals(ANY) && script) {
            problems.add(
                    place,
                    ErrorCode.VALUE_INVALID,
                    "`tool`: \"any\" cannot run a script",
                    "Name the tool that the script is for");
            return asked;
        }
        String tool = asked.equals(ANY) ? FOR_REQUESTS : asked;
        checkTool(place, tool);
        return tool;
    }

    private void checkTool(Place place, String tool) {
        if (!tool.matches("[a-z][a-z0-9-]*") || tools.names().contains(tool)) {
            return;
        }
        Set<String> there = tools.names();
        String hint = Suggestion.nearest(tool, there)
                .map("Did you mean `%s`?"::formatted)
                .orElse(there.isEmpty() ? "No executor is installed" : "There is: " + String.join(", ", there));
        if (FORMAT_TOOLS.contains(tool)) {
            problems.add(
                    place, ErrorCode.NOT_SUPPORTED_YET, "`tool`: \"%s\" is not supported yet".formatted(tool), hint);
        } else {
            problems.add(place, ErrorCode.TOOL_UNKNOWN, "There is no executor for `%s`".formatted(tool), hint);
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
