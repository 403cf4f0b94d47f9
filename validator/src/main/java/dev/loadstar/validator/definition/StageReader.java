package dev.loadstar.validator.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.problem.ErrorCode;

/** Reads what stages of users and of rates have in common. */
record StageReader(Problems problems) {

    /** All of a load, or none where one of them cannot be read. */
    <S> Optional<List<S>> all(Place load, Function<Place, Optional<S>> reader) {
        List<Place> places = load.at("stages").items();
        var stages = new ArrayList<S>();
        Set<String> names = new HashSet<>();
        for (Place place : places) {
            reader.apply(place).ifPresent(stages::add);
            place.at("name")
                    .text()
                    .filter(name -> !names.add(name))
                    .ifPresent(name -> problems.invalid(place.at("name"), "Two stages are named `%s`".formatted(name)));
        }
        return stages.isEmpty() || stages.size() < places.size() ? Optional.empty() : Optional.of(stages);
    }

    /** The length of a stage, which is some. */
    Optional<Duration> duration(Place stage) {
        Place place = stage.at("duration");
        Optional<Duration> duration = place.duration();
        if (duration.isPresent() && duration.get().isZero()) {
            problems.invalid(place, "`duration` must be longer than 0");
        }
        return duration.filter(Duration::isPositive);
    }

    /** A ramp goes from there; a first stage of any other shape is at its own value at once. */
    void checkStart(Place start, double from, Shape first, double value) {
        if (first != Shape.RAMP && from != 0 && from != value) {
            problems.add(
                    start,
                    ErrorCode.VALUE_INVALID,
                    "`%s` has no effect: the first stage is no ramp".formatted(Pointers.leaf(start.pointer())),
                    "Remove it, or give the first stage the shape `ramp`");
        }
    }

    static String name(Place stage) {
        return stage.at("name").text("");
    }

    static Optional<Shape> shape(Place stage) {
        String text = stage.at("shape").text("hold");
        return switch (text) {
            case "ramp", "hold", "jump" -> Optional.of(Shape.valueOf(text.toUpperCase(Locale.ROOT)));
            default -> Optional.empty();
        };
    }

    static boolean isMeasured(Place stage) {
        return stage.at("measure").flag().orElse(true);
    }
}
