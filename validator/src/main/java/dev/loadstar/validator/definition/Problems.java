package dev.loadstar.validator.definition;

import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong while reading goes on. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();

    void invalid(Place place, String message) {
        add(place, ErrorCode.VALUE_INVALID, message, null);
    }

    void add(Place place, ErrorCode code, String message, @Nullable String hint) {
        found.add(new Problem(place.pointer(), code.slug(), message, hint));
    }

    List<Problem> found() {
        return List.copyOf(found);
    }
}
