package dev.loadstar.platform.rest;

import java.util.List;
import java.util.Optional;

import dev.loadstar.contract.problem.LoadstarException;
import dev.loadstar.validator.Submission;
import dev.loadstar.validator.definition.Overrides;
import org.springframework.util.MultiValueMap;

/** What the query of an uploaded folder says of it. */
record UploadRequest(String path, Overrides overrides) {

    private static final List<String> KEYS = List.of("path", "label", "target", "var", "wait");

    /** @throws LoadstarException REQUEST_INVALID with every problem */
    static UploadRequest parse(MultiValueMap<String, String> query) {
        var problems = new RequestProblems();
        query.keySet().stream().filter(key -> !KEYS.contains(key)).forEach(key -> problems.unknown(key, KEYS));
        Overrides overrides = problems.overrides(
                problems.pairs("labels", query.get("label")),
                query.getFirst("target"),
                problems.pairs("variables", query.get("var")));
        problems.check();
        return new UploadRequest(
                Optional.ofNullable(query.getFirst("path")).orElse(Submission.DEFAULT_PATH), overrides);
    }
}
