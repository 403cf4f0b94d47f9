package dev.loadstar.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;

/**
 * A plan, ready to be shown.
 *
 * @param line the whole of it in one line
 * @param json with everything filled in
 */
record PlanView(String line, List<StageRow> stages, String json) {

    static PlanView of(RunPlan plan) {
        return new PlanView(
                line(plan), plan.scenarios().stream().flatMap(PlanView::stages).toList(), Json.writePretty(plan));
    }

    private static String line(RunPlan plan) {
        var parts = new ArrayList<String>();
        parts.add(plan.test());
        parts.add(counted(plan.scenarios().size(), "scenario"));
        parts.add(counted(plan.executors().count(), "executor"));
        parts.add(counted(plan.assertions().size(), "assertion"));
        Duration planned = plan.plannedDuration();
        parts.add(planned == null ? "length as the script decides" : Figures.INSTANCE.clock(planned));
        return String.join(", ", parts);
    }

    private static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static Stream<StageRow> stages(ScenarioPlan scenario) {
        return switch (scenario.load()) {
            case Load.Closed closed -> closed.stages().stream().map(stage -> StageRow.of(scenario, stage));
            case Load.Iterations load -> Stream.of(StageRow.ofIterations(scenario, load));
            case Load.FromScript ignored -> Stream.of(StageRow.ofScript(scenario));
        };
    }

    /** One stage of one scenario. */
    record StageRow(String scenario, String script, String name, String users, String duration, boolean measured) {

        static StageRow of(ScenarioPlan scenario, Load.Stage stage) {
            String way = stage.shape() == Load.Shape.RAMP ? "to " : "";
            return new StageRow(
                    scenario.name(),
                    script(scenario),
                    stage.name(),
                    way + stage.users(),
                    Figures.INSTANCE.clock(stage.duration()),
                    stage.measure());
        }

        static StageRow ofScript(ScenarioPlan scenario) {
            return new StageRow(
                    scenario.name(),
                    script(scenario),
                    Load.FromScript.STAGE,
                    "as in the script",
                    Figures.NOTHING,
                    true);
        }

        static StageRow ofIterations(ScenarioPlan scenario, Load.Iterations load) {
            return new StageRow(
                    scenario.name(),
                    script(scenario),
                    Load.Iterations.STAGE,
                    "%d, %,d iterations".formatted(load.users(), load.iterations()),
                    "at most " + Figures.INSTANCE.clock(load.maxDuration()),
                    true);
        }

        private static String script(ScenarioPlan scenario) {
            return scenario.tool() + ", "
                    + switch (scenario.work()) {
                        case ScenarioPlan.Script script -> script.file();
                        case Requests requests -> counted(requests.list().size(), "request");
                    };
        }
    }
}
