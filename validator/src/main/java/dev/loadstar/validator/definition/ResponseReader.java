package dev.loadstar.validator.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import dev.loadstar.contract.plan.Requests.Expect;
import dev.loadstar.contract.plan.Requests.Extract;
import dev.loadstar.contract.plan.Requests.Extract.From;
import dev.loadstar.contract.plan.Requests.JsonCheck;
import dev.loadstar.contract.problem.ErrorCode;

/** Reads what a request expects of its response, and what it keeps of it. */
final class ResponseReader {

    private static final Map<String, From> SOURCES =
            Map.of("jsonPath", From.JSON_PATH, "header", From.HEADER, "regex", From.REGEX);

    private final References references;
    private final Problems problems;
    private final List<String> extracted = new ArrayList<>();

    ResponseReader(References references, Problems problems) {
        this.references = references;
        this.problems = problems;
    }

    /** Names of the values that are kept. */
    List<String> extracted() {
        return List.copyOf(extracted);
    }

    Expect expect(Place place) {
        Optional<String> contains = place.at("bodyContains").text();
        contains.ifPresent(text -> references.check(place.at("bodyContains"), text));
        return new Expect(
                place.at("status").items().stream()
                        .flatMap(status -> status.number().stream())
                        .toList(),
                contains.orElse(null),
                place.at("jsonPath").items().stream().map(this::check).toList());
    }

    private JsonCheck check(Place place) {
        boolean exists = place.at("exists").flag().orElse(true);
        Place equal = place.at("equals");
        if (!exists && equal.exists()) {
            problems.invalid(equal, "`equals` makes no sense where nothing may be there");
        }
        return new JsonCheck(
                place.at("path").text(""), exists, equal.exists() ? new JsonTemplate(references).write(equal) : null);
    }

    List<Extract> extract(Place list) {
        var extracts = new ArrayList<Extract>();
        for (Place place : list.items()) {
            SOURCES.forEach((key, from) -> place.at(key).text().ifPresent(expression -> {
                String name = place.at("as").text("");
                checkExpression(place.at(key), from, expression);
                extracts.add(new Extract(name, from, expression));
                extracted.add(name);
            }));
        }
        return extracts;
    }

    /** A JSONPath is looked at by the tool, whose dialect it is. */
    private void checkExpression(Place place, From from, String expression) {
        if (from != From.REGEX) {
            return;
        }
        try {
            if (Pattern.compile(expression).matcher("").groupCount() == 0) {
                problems.add(
                        place,
                        ErrorCode.VALUE_INVALID,
                        "`regex`: %s has no group".formatted(place.node()),
                        "Put what is to be kept in brackets, such as id=(\\d+)");
            }
        } catch (PatternSyntaxException e) {
            problems.invalid(
                    place, "`regex`: %s is no regular expression: %s".formatted(place.node(), e.getDescription()));
        }
    }
}
