package dev.loadstar.web;

import java.util.List;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlacedProblemsTests {

    private static final String DEFINITION = """
            {
              "name": "shop",
              "scenarios": [
                {
                  "name": "browse",
                  "load": {"users": 5,
                           "holdFor": "1m"}
                }
              ],
              "variables": {"A": "1"}
            }""";

    @Test
    void problemOfAPastedDefinitionStandsBesideItsLine() {
        var placed = place(pasted(DEFINITION), problem("/scenarios/0/load/holdFor"), problem("/name"));

        assertThat(placed.lines()).extracting(PlacedProblems.AtLine::line).containsExactly(2, 7);
        assertThat(placed.lines().getLast().text()).contains("\"holdFor\": \"1m\"}");
        assertThat(placed.count()).isEqualTo(2);
    }

    @Test
    void problemOfWhatIsMissingStandsBesideTheNearestThingAroundIt() {
        var placed = place(pasted(DEFINITION), problem("/scenarios/0/script/file"), problem("/target"));

        assertThat(placed.lines()).extracting(PlacedProblems.AtLine::line).containsExactly(4);
        assertThat(placed.at("target")).hasSize(1);
    }

    @Test
    void textThatIsNoJsonIsMarkedWhereItBreaksOff() {
        var broken = Problem.at("", ErrorCode.DEFINITION_NOT_JSON, "Line 3, column 1: a value is missing");

        assertThat(place(pasted("{\n\"a\":\n}"), broken).lines())
                .extracting(PlacedProblems.AtLine::line)
                .containsExactly(3);
    }

    @Test
    void variableOfTheFormIsToldFromOneOfTheDefinition() {
        Form form = new Form(null, null, null, "pasted", DEFINITION, null, "B=2", null);

        var placed = place(form, problem("/variables/B"), problem("/variables/A"));

        assertThat(placed.at("variables")).hasSize(1);
        assertThat(placed.lines()).extracting(PlacedProblems.AtLine::line).containsExactly(10);
    }

    @Test
    void repositoryThatCannotBeReadIsToldBesideItsField() {
        var unreachable = Problem.at("", ErrorCode.GIT_UNREACHABLE, "it does not answer");

        assertThat(place(pasted(null), unreachable).at("git")).containsExactly(unreachable);
    }

    private static PlacedProblems place(Form form, Problem... problems) {
        return PlacedProblems.of(List.of(problems), form);
    }

    private static Form pasted(@Nullable String definition) {
        return new Form(null, null, null, definition == null ? "file" : "pasted", definition, null, null, null);
    }

    private static Problem problem(String pointer) {
        return Problem.at(pointer, ErrorCode.VALUE_INVALID, "wrong");
    }
}
