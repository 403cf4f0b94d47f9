package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.plan.Load.Stage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code load} and expands its short form. */
final class LoadReader {

    private static final Duration GRACEFUL_STOP = Duration.ofSeconds(30);
    private static final Duration MAX_DURATION = Duration.ofHours(1);

    private final Problems problems;
    private final StageReader stages;

    LoadReader(Problems problems) {
        this.problems = problems;
        this.stages = new StageReader(problems);
    }

    /** Empty where it is wrong or of a model that is not built. */
    Optional<Load> read(Place scenario) {
        Place load = scenario.at("load");
        Place loadFrom = scenario.at("script").at("loadFrom");
        boolean fromScript = loadFrom.text("definition").equals("script");
        String model = load.at("model").text(isShort(load) ? "short" : "");
        if (fromScript) {
            return fromScript(load, model);
        }
        if (!load.exists()) {
            problems.invalid(scenario, "`load` is missing");
            return Optional.empty();
        }
        return switch (model) {
            case "fromScript" -> {
                problems.invalid(load.at("model"), "`fromScript` needs `script.loadFrom: script`");
                yield Optional.empty();
            }
            case "short" ->
                load.at("users").exists()
                        ? shortForm(load)
                        : new OpenReader(problems).shortForm(load, gracefulStop(load));
            case "open" -> new OpenReader(problems).read(load, gracefulStop(load));
            case "closed" -> closed(load);
            case "iterations" -> iterations(load);
            default -> Optional.empty();
        };
    }

    /** Names of the stages that are written down, also of models that are not built. */
    static List<String> stageNames(Place scenario) {
        Place load = scenario.at("load");
        if (scenario.at("script").at("loadFrom").text("").equals("script")) {
            return List.of(Load.FromScript.STAGE);
        }
        if (load.at("model").text("").equals("iterations")) {
            return List.of(Load.Iterations.STAGE);
        }
        if (isShort(load)) {
            return load.at("rampUp").exists() ? List.of("ramp", "hold") : List.of("hold");
        }
        return load.at("stages").items().stream()
                .flatMap(stage -> stage.at("name").text().stream())
                .toList();
    }

    private static boolean isShort(Place load) {
        return load.exists() && !load.at("model").exists() && !load.at("stages").exists();
    }

    private Optional<Load> fromScript(Place load, String model) {
        if (load.exists() && !model.equals("fromScript")) {
            problems.invalid(
                    load, "The load is decided twice: `script.loadFrom` is `script`, and `load` is not `fromScript`");
            return Optional.empty();
        }
        return Optional.of(new Load.FromScript(gracefulStop(load)));
    }

    private Optional<Load> shortForm(Place load) {
        Optional<Integer> users = load.at("users").number();
        Duration rampUp = load.at("rampUp").duration(Duration.ZERO);
        Optional<Duration> hold = stages.duration(load);
        if (users.isEmpty() || hold.isEmpty()) {
            return Optional.empty();
        }
        var expanded = new ArrayList<Stage>();
        if (rampUp.isPositive()) {
            expanded.add(new Stage("ramp", rampUp, users.get(), Shape.RAMP, false));
        }
        expanded.add(new Stage("hold", hold.get(), users.get(), Shape.HOLD, true));
        return closed(load.at("users"), new Load.Closed(0, expanded, gracefulStop(load)));
    }

    private Optional<Load> iterations(Place load) {
        Optional<Integer> users = load.at("users").number();
        JsonNode iterations = load.at("iterations").node();
        Duration most = load.at("maxDuration").duration(MAX_DURATION);
        if (users.isEmpty() || !iterations.isIntegralNumber() || !iterations.canConvertToLong()) {
            return Optional.empty();
        }
        if (users.get() == 0) {
            problems.invalid(load.at("users"), "The load has no user at any time");
        }
        if (most.isZero()) {
            problems.invalid(load.at("maxDuration"), "`maxDuration` must be longer than 0");
        }
        return Optional.of(new Load.Iterations(users.get(), iterations.longValue(), most, gracefulStop(load)));
    }

    private Optional<Load> closed(Place load) {
        Optional<List<Stage>> all = stages.all(load, this::stage);
        Optional<Double> rateCap = load.at("rateCap").rate();
        if (rateCap.filter(cap -> cap == 0).isPresent()) {
            problems.invalid(load.at("rateCap"), "`rateCap` must be more than 0");
        }
        return all.flatMap(list -> closed(load, list, rateCap.orElse(null)));
    }

    private Optional<Load> closed(Place load, List<Stage> all, @Nullable Double rateCap) {
        int startUsers = load.at("startUsers").number().orElse(0);
        Stage first = all.getFirst();
        stages.checkStart(load.at("startUsers"), startUsers, first.shape(), first.users());
        Duration pacing = load.at("pacing").duration(Duration.ZERO);
        return closed(load.at("stages"), new Load.Closed(startUsers, all, pacing, rateCap, gracefulStop(load)));
    }

    private Optional<Load> closed(Place place, Load.Closed load) {
        if (load.startUsers() == 0 && load.stages().stream().allMatch(stage -> stage.users() == 0)) {
            problems.invalid(place, "The load has no user at any time");
            return Optional.empty();
        }
        return Optional.of(load);
    }

    private Optional<Stage> stage(Place place) {
        Optional<Duration> duration = stages.duration(place);
        Optional<Integer> users = place.at("users").number();
        Optional<Shape> shape = StageReader.shape(place);
        if (duration.isEmpty() || users.isEmpty() || shape.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Stage(
                StageReader.name(place), duration.get(), users.get(), shape.get(), StageReader.isMeasured(place)));
    }

    private static Duration gracefulStop(Place load) {
        return load.at("gracefulStop").duration(GRACEFUL_STOP);
    }
}
