package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.Arrivals;
import dev.loadstar.contract.plan.Load.RateStage;
import dev.loadstar.contract.plan.Load.Shape;

/** Reads loads that are arrivals at a rate. */
final class OpenReader {

    private static final int MAX_USERS = 10_000;
    private static final long SEED = 1;

    /** No network of machines that Loadstar can start sends more; what is asked for beyond it is a slip. */
    private static final double MOST_PER_SECOND = 1_000_000;

    private final Problems problems;
    private final StageReader stages;

    OpenReader(Problems problems) {
        this.problems = problems;
        this.stages = new StageReader(problems);
    }

    Optional<Load> read(Place load, Duration gracefulStop) {
        Optional<Double> startRate =
                load.at("startRate").exists() ? rate(load.at("startRate")) : Optional.of(Double.valueOf(0));
        Optional<List<RateStage>> all = stages.all(load, this::stage);
        Optional<Arrivals> arrivals = arrivals(load.at("arrivals").text("even"));
        if (startRate.isEmpty() || all.isEmpty() || arrivals.isEmpty()) {
            return Optional.empty();
        }
        RateStage first = all.get().getFirst();
        stages.checkStart(load.at("startRate"), startRate.get(), first.shape(), first.rate());
        return open(
                load.at("stages"),
                new Load.Open(
                        startRate.get(),
                        all.get(),
                        arrivals.get(),
                        seed(load.at("seed")),
                        load.at("maxUsers").number().orElse(MAX_USERS),
                        gracefulStop));
    }

    /** The short form: a ramp that is not measured, if there is one, and a hold. */
    Optional<Load> shortForm(Place load, Duration gracefulStop) {
        Optional<Double> rate = rate(load.at("rate"));
        Duration rampUp = load.at("rampUp").duration(Duration.ZERO);
        Optional<Duration> hold = stages.duration(load);
        if (rate.isEmpty() || hold.isEmpty()) {
            return Optional.empty();
        }
        var expanded = new ArrayList<RateStage>();
        if (rampUp.isPositive()) {
            expanded.add(new RateStage("ramp", rampUp, rate.get(), Shape.RAMP, false));
        }
        expanded.add(new RateStage("hold", hold.get(), rate.get(), Shape.HOLD, true));
        return open(load.at("rate"), new Load.Open(0, expanded, Arrivals.EVEN, SEED, MAX_USERS, gracefulStop));
    }

    /** A start rate without a ramp away from it is never reached. */
    private Optional<Load> open(Place place, Load.Open load) {
        boolean begins = load.startRate() > 0 && load.stages().getFirst().shape() == Shape.RAMP;
        if (!begins && load.stages().stream().allMatch(stage -> stage.rate() == 0)) {
            problems.invalid(place, "The load has no arrival at any time");
            return Optional.empty();
        }
        return Optional.of(load);
    }

    private Optional<RateStage> stage(Place place) {
        Optional<Duration> duration = stages.duration(place);
        Optional<Double> rate = rate(place.at("rate"));
        Optional<Shape> shape = StageReader.shape(place);
        if (duration.isEmpty() || rate.isEmpty() || shape.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RateStage(
                StageReader.name(place), duration.get(), rate.get(), shape.get(), StageReader.isMeasured(place)));
    }

    private Optional<Double> rate(Place place) {
        Optional<Double> rate = place.rate();
        if (rate.isPresent() && rate.get() > MOST_PER_SECOND) {
            problems.invalid(
                    place,
                    "`%s`: %s is more than the 1000000/s that a test may have"
                            .formatted(Pointers.leaf(place.pointer()), place.node()));
            return Optional.empty();
        }
        return rate;
    }

    private static long seed(Place place) {
        return place.node().isIntegralNumber() && place.node().canConvertToLong()
                ? place.node().longValue()
                : SEED;
    }

    private static Optional<Arrivals> arrivals(String text) {
        return switch (text) {
            case "even", "poisson" -> Optional.of(Arrivals.valueOf(text.toUpperCase(Locale.ROOT)));
            default -> Optional.empty();
        };
    }
}
