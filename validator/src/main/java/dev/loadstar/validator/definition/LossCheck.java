package dev.loadstar.validator.definition;

import java.util.List;

import dev.loadstar.contract.plan.DataPlan.Share;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.problem.ErrorCode;

/** Refuses to redistribute what nobody could take over exactly. */
final class LossCheck {

    private final Place place;
    private final Problems problems;

    private LossCheck(Place place, Problems problems) {
        this.place = place;
        this.problems = problems;
    }

    /** @param place of {@code onLoss} */
    static void check(
            Place place,
            OnLoss onLoss,
            List<Definition.Scenario> scenarios,
            List<Definition.Data> data,
            Problems problems) {
        if (onLoss == OnLoss.REDISTRIBUTE) {
            var check = new LossCheck(place, problems);
            scenarios.forEach(scenario -> check.check(scenario, data));
        }
    }

    private void check(Definition.Scenario scenario, List<Definition.Data> all) {
        scenario.load().ifPresent(load -> {
            switch (load) {
                case Load.Open _, Load.Closed _ -> {}
                case Load.Iterations _ ->
                    refuse("how many iterations a lost executor of `%s` had done is not known"
                            .formatted(scenario.name()));
                case Load.FromScript _ -> refuse("the script of `%s` decides its own load".formatted(scenario.name()));
            }
        });
        all.stream()
                .filter(data -> data.share() == Share.UNIQUE && scenario.data().contains(data.name()))
                .filter(_ -> scenario.script().isPresent())
                .forEach(data -> refuse("each executor has its own rows of `%s`, which the script of `%s` reads"
                        .formatted(data.name(), scenario.name())));
    }

    private void refuse(String why) {
        problems.add(
                place,
                ErrorCode.VALUE_INVALID,
                "`redistribute` cannot be exact here: " + why,
                "Set `onLoss` to `continue` or `abort`");
    }
}
