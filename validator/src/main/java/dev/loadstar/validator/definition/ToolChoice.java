package dev.loadstar.validator.definition;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.loadstar.contract.problem.ErrorCode;

/** Finds the tool of a scenario and holds what is asked of it against what it can do. */
final class ToolChoice {

    /** Stands for whichever tool can send the requests. */
    private static final String ANY = "any";

    /** Taken before others that can do the same. */
    private static final String FIRST = "jmeter";

    private static final Set<String> FORMAT_TOOLS = Set.of("jmeter", "gatling");

    private final Tools tools;
    private final Problems problems;

    ToolChoice(Tools tools, Problems problems) {
        this.tools = tools;
        this.problems = problems;
    }

    /** The name of the scenario's tool, also of one that is not there. */
    String of(Place scenario, List<Ability.Need> needs) {
        Place place = scenario.at("tool");
        String asked = place.text("");
        if (!asked.equals(ANY)) {
            if (isThere(place, asked)) {
                checkNeeds(asked, needs);
            }
            return asked;
        }
        if (scenario.at("script").exists()) {
            problems.add(
                    place,
                    ErrorCode.VALUE_INVALID,
                    "`tool`: \"any\" cannot run a script",
                    "Name the tool that the script is for");
            return asked;
        }
        Optional<String> able = able(needs).findFirst();
        if (able.isEmpty() && isThere(place, FIRST)) {
            checkNeeds(FIRST, needs);
        }
        return able.orElse(FIRST);
    }

    private boolean isThere(Place place, String tool) {
        if (!tool.matches("[a-z][a-z0-9-]*")) {
            return false;
        }
        Set<String> there = tools.names();
        if (there.contains(tool)) {
            return true;
        }
        String hint = Suggestion.nearest(tool, there)
                .map("Did you mean `%s`?"::formatted)
                .orElse(there.isEmpty() ? "No executor is installed" : "There is: " + String.join(", ", there));
        if (FORMAT_TOOLS.contains(tool)) {
            problems.add(
                    place, ErrorCode.NOT_SUPPORTED_YET, "`tool`: \"%s\" is not supported yet".formatted(tool), hint);
        } else {
            problems.add(place, ErrorCode.TOOL_UNKNOWN, "There is no executor for `%s`".formatted(tool), hint);
        }
        return false;
    }

    private void checkNeeds(String tool, List<Ability.Need> needs) {
        List<String> others = able(needs).toList();
        String hint = others.isEmpty()
                ? "No tool that is installed can do all that this scenario asks for"
                : "What can: " + String.join(", ", others);
        for (Ability.Need need : needs) {
            if (!tools.can(tool, need.ability())) {
                problems.add(
                        need.place(), ErrorCode.VALUE_INVALID, "`%s` cannot do %s".formatted(tool, need.text()), hint);
            }
        }
    }

    private Stream<String> able(List<Ability.Need> needs) {
        return Stream.concat(Stream.of(FIRST), tools.names().stream().sorted())
                .distinct()
                .filter(tool -> tools.names().contains(tool))
                .filter(tool -> needs.stream().allMatch(need -> tools.can(tool, need.ability())));
    }
}
