package dev.loadstar.validator.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.template.Reference;
import dev.loadstar.contract.template.Reference.Kind;
import dev.loadstar.contract.template.Template;

/** Holds the references in a scenario's texts against what there is to refer to. */
final class References {

    private static final String KINDS =
            "Known are ${env.NAME}, ${secret.NAME}, ${data.NAME.column} and ${var.NAME}; write $${ for the signs themselves";

    private final Known known;
    private final Set<Kind> kinds;
    private final Collection<String> data;
    private final Problems problems;
    private final Set<String> extracted = new HashSet<>();
    private final List<Definition.Column> columns = new ArrayList<>();

    /** Names that a definition gives. */
    record Known(Map<String, String> variables, Collection<String> secrets, Collection<String> data) {}

    /**
     * @param kinds that make sense in this scenario
     * @param data that the scenario uses
     */
    References(Known known, Set<Kind> kinds, Collection<String> data, Problems problems) {
        this.known = known;
        this.kinds = kinds;
        this.data = data;
        this.problems = problems;
    }

    /** From now on there is a value of that name. */
    void extracts(String name) {
        extracted.add(name);
    }

    /** Columns of data that were referred to, whose files are still to be looked at. */
    List<Definition.Column> columns() {
        return List.copyOf(columns);
    }

    /** The text where it can be read; what is wrong with it becomes a problem. */
    Optional<Template> check(Place place, String text) {
        try {
            Template template = Template.of(text);
            template.references().forEach(reference -> check(place, reference));
            return Optional.of(template);
        } catch (IllegalArgumentException e) {
            problems.add(place, ErrorCode.VALUE_INVALID, String.valueOf(e.getMessage()), KINDS);
            return Optional.empty();
        }
    }

    private void check(Place place, Reference reference) {
        if (!kinds.contains(reference.kind())) {
            problems.add(
                    place,
                    ErrorCode.VALUE_INVALID,
                    "%s cannot be used here".formatted(reference),
                    "A script's properties know ${env.NAME} and ${secret.NAME}");
            return;
        }
        switch (reference.kind()) {
            case ENV ->
                named(
                        place,
                        reference,
                        known.variables().keySet(),
                        "Declare it in `variables`, or give it at submission");
            case SECRET -> named(place, reference, known.secrets(), "Declare it in `secrets`");
            case DATA -> checkData(place, reference);
            case VAR -> checkExtracted(place, reference);
        }
    }

    private void checkData(Place place, Reference reference) {
        if (!known.data().contains(reference.name())) {
            named(place, reference, known.data(), "Declare it in `data`");
        } else if (!data.contains(reference.name())) {
            problems.add(
                    place,
                    ErrorCode.VALUE_INVALID,
                    "%s: this scenario does not use `%s`".formatted(reference, reference.name()),
                    "Add it to the scenario's `data`");
        } else {
            columns.add(new Definition.Column(place.pointer(), reference));
        }
    }

    private void checkExtracted(Place place, Reference reference) {
        named(
                place,
                reference,
                extracted,
                "A request before this one has to `extract` it; with weights none comes before");
    }

    private void named(Place place, Reference reference, Collection<String> names, String otherwise) {
        if (names.contains(reference.name())) {
            return;
        }
        String hint = Suggestion.nearest(reference.name(), names)
                .map(near -> "Did you mean %s?".formatted(new Reference(reference.kind(), near, reference.column())))
                .orElse(otherwise);
        problems.add(place, ErrorCode.VALUE_INVALID, "%s is not known here".formatted(reference), hint);
    }
}
