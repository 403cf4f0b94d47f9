package dev.loadstar.validator.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.plan.Load;

/** What a scenario can ask of its tool and only some tools can do, by the names that tools' descriptors have. */
enum Ability {
    OPEN,
    CLOSED,
    ITERATIONS,
    FROM_SCRIPT,
    PACING,
    RATE_CAP,
    REQUESTS;

    /**
     * One ability that is needed.
     *
     * @param place of the field that asks for it
     * @param text what the user reads, {@code `model`: "open"}
     */
    record Need(Ability ability, Place place, String text) {}

    /** All that a scenario asks for. */
    static List<Need> neededBy(Place scenario, Optional<Load> load) {
        var needs = new ArrayList<Need>();
        if (scenario.at("requests").exists()) {
            needs.add(new Need(REQUESTS, scenario.at("requests"), "`requests`"));
        }
        load.ifPresent(asked -> needs.addAll(of(scenario, asked)));
        return needs;
    }

    private static List<Need> of(Place scenario, Load load) {
        return switch (load) {
            case Load.Open _ -> List.of(model(OPEN, scenario, "open", "rate"));
            case Load.Closed closed -> closed(scenario, closed);
            case Load.Iterations _ -> List.of(model(ITERATIONS, scenario, "iterations", "users"));
            case Load.FromScript _ -> {
                Place place = scenario.at("script").at("loadFrom");
                yield List.of(new Need(FROM_SCRIPT, place, "`loadFrom`: \"script\""));
            }
        };
    }

    private static List<Need> closed(Place scenario, Load.Closed load) {
        var needs = new ArrayList<Need>();
        needs.add(model(CLOSED, scenario, "closed", "users"));
        if (load.pacing().isPositive()) {
            needs.add(new Need(PACING, scenario.at("load").at("pacing"), "`pacing`"));
        }
        if (load.rateCap() != null) {
            needs.add(new Need(RATE_CAP, scenario.at("load").at("rateCap"), "`rateCap`"));
        }
        return needs;
    }

    /** @param shortField what stands for the model in the short form */
    private static Need model(Ability ability, Place scenario, String model, String shortField) {
        Place load = scenario.at("load");
        return load.at("model").exists()
                ? new Need(ability, load.at("model"), "`model`: \"%s\"".formatted(model))
                : new Need(ability, load.at(shortField), "`%s`".formatted(shortField));
    }
}
