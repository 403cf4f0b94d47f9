package dev.loadstar.platform.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** What the query of an uploaded folder says of it. */
record UploadRequest(String path, Overrides overrides) {

    private static final List<String> KEYS = List.of("path", "label", "target", "var", "wait");

    /** @throws LoadstarException REQUEST_INVALID with every problem */
    static UploadRequest parse(MultiValueMap<String, String> query) {
        var problems = new RequestProblems();
        for (String key : query.keySet()) {
            if (!KEYS.contains(key)) {
                problems.add(
                        "/" + RequestProblems.escaped(key),
                        ErrorCode.KEY_UNKNOWN,
                        "'%s' is not known; known are %s".formatted(key, String.join(", ", KEYS)));
            }
        }
        Overrides overrides = problems.overrides(
                pairs(query.get("label"), "labels", problems),
                query.getFirst("target"),
                pairs(query.get("var"), "variables", problems));
        problems.check();
        return new UploadRequest(
                Optional.ofNullable(query.getFirst("path")).orElse(Submission.DEFAULT_PATH), overrides);
    }

    /** {@code key=value} each. */
    static Map<String, String> pairs(@Nullable List<String> given, String place, RequestProblems problems) {
        var pairs = new LinkedHashMap<String, String>();
        for (String pair : given == null ? List.<String>of() : given) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                problems.invalid("/" + place, "'%s' is not key=value".formatted(pair));
            } else {
                pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return pairs;
    }
}
