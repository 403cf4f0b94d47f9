package dev.loadstar.platform.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.contract.run.RunStatus;
import dev.loadstar.contract.run.Verdict;
import dev.loadstar.platform.run.RunFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Which runs the query of a list asks for. */
final class FilterRequest {

    private static final List<String> KEYS = List.of("test", "status", "verdict", "label", "limit", "before");

    private FilterRequest() {}

    /** @throws LoadstarException REQUEST_INVALID with every problem */
    static RunFilter parse(MultiValueMap<String, String> query) {
        var problems = new RequestProblems();
        query.keySet().stream().filter(key -> !KEYS.contains(key)).forEach(key -> problems.unknown(key, KEYS));
        var filter = new RunFilter(
                query.getFirst("test"),
                constant(RunStatus.values(), "status", query, problems),
                constant(Verdict.values(), "verdict", query, problems),
                problems.pairs("label", query.get("label")));
        problems.check();
        return filter;
    }

    private static <E extends Enum<E>> @Nullable E constant(
            E[] values, String key, MultiValueMap<String, String> query, RequestProblems problems) {
        @Nullable String given = query.getFirst(key);
        for (E value : values) {
            if (given != null && value.name().equals(given.toUpperCase(Locale.ROOT))) {
                return value;
            }
        }
        if (given != null) {
            String known = Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "));
            problems.invalid("/" + key, "'%s' is one of %s".formatted(key, known));
        }
        return null;
    }
}
