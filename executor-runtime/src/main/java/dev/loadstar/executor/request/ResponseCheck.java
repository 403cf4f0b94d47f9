package dev.loadstar.executor.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Requests.Extract;
import dev.loadstar.contract.template.Encoding;
import dev.loadstar.executor.secret.PlanValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is asked of a response: that it is as expected, and values for later requests. */
final class ResponseCheck {

    private static final int FIRST_ERROR = 400;
    private static final int SHOWN = 80;

    private final List<Integer> status;
    private final @Nullable Text contains;
    private final List<Wanted> wanted;
    private final List<Taken> taken;

    private ResponseCheck(List<Integer> status, @Nullable Text contains, List<Wanted> wanted, List<Taken> taken) {
        this.status = status;
        this.contains = contains;
        this.wanted = wanted;
        this.taken = taken;
    }

    /** A value that must be there, or must not. */
    private record Wanted(
            Requests.JsonCheck check,
            JsonPath path,
            @Nullable Text equal) {}

    /** A value to keep. */
    private record Taken(
            Extract extract,
            @Nullable JsonPath path,
            @Nullable Pattern pattern) {}

    static ResponseCheck of(Requests.Request request, PlanValues values) {
        Requests.Expect expect = request.expect();
        String contains = expect.bodyContains();
        return new ResponseCheck(
                expect.status(),
                contains == null ? null : Text.of(contains, Encoding.NONE, values),
                expect.jsonPath().stream().map(check -> wanted(check, values)).toList(),
                request.extract().stream().map(ResponseCheck::taken).toList());
    }

    private static Wanted wanted(Requests.JsonCheck check, PlanValues values) {
        String equal = check.equals();
        return new Wanted(
                check, JsonPath.compile(check.path()), equal == null ? null : Text.of(equal, Encoding.JSON, values));
    }

    private static Taken taken(Extract extract) {
        return switch (extract.from()) {
            case JSON_PATH -> new Taken(extract, JsonPath.compile(extract.expression()), null);
            case REGEX -> new Taken(extract, null, Pattern.compile(extract.expression()));
            case HEADER -> new Taken(extract, null, null);
        };
    }

    /**
     * What is wrong with the answer, empty if nothing is; keeps values of it. A value that cannot be kept is wrong too, and ends
     * the iteration.
     */
    List<String> judge(Answer answer, Visit visit) {
        var failures = new ArrayList<String>();
        checkStatus(answer.status(), failures);
        if (failures.isEmpty()) {
            checkContent(answer, visit, failures);
        }
        if (!failures.isEmpty()) {
            unanswered(visit);
        }
        return failures;
    }

    /** There is nothing that values could be kept of. */
    void unanswered(Visit visit) {
        if (!taken.isEmpty()) {
            visit.end();
        }
    }

    private void checkStatus(int code, List<String> failures) {
        boolean expected = status.isEmpty() ? code < FIRST_ERROR : status.contains(code);
        if (!expected) {
            String wantedStatus = status.isEmpty()
                    ? "below 400"
                    : status.stream().map(String::valueOf).collect(Collectors.joining(" or "));
            failures.add("status %d, expected %s".formatted(code, wantedStatus));
        }
    }

    private void checkContent(Answer answer, Visit visit, List<String> failures) {
        if (contains == null && wanted.isEmpty() && taken.isEmpty()) {
            return;
        }
        String body = answer.body();
        if (contains != null && !body.contains(contains.in(visit))) {
            failures.add("the body does not contain \"%s\"".formatted(cut(contains.in(visit))));
        }
        boolean asksJson = !wanted.isEmpty() || taken.stream().anyMatch(value -> value.path() != null);
        JsonBody json = JsonBody.of(asksJson ? body : "");
        if (asksJson && !json.isJson()) {
            failures.add("the body is not JSON");
            return;
        }
        wanted.forEach(value -> check(value, json, visit, failures));
        taken.forEach(value -> take(value, answer, body, json)
                .ifPresentOrElse(
                        found -> visit.keep(value.extract().as(), found),
                        () -> failures.add("`%s` cannot be extracted: %s finds nothing"
                                .formatted(value.extract().as(), value.extract().expression()))));
    }

    private static void check(Wanted value, JsonBody json, Visit visit, List<String> failures) {
        String path = value.check().path();
        List<JsonNode> found = json.at(value.path());
        if (found.isEmpty() == value.check().exists()) {
            failures.add(value.check().exists() ? path + " is not there" : path + " is there");
        } else if (value.equal() != null) {
            JsonNode expected = Json.mapper().readTree(value.equal().in(visit));
            if (found.stream().noneMatch(one -> JsonBody.same(one, expected))) {
                String is = found.stream().map(String::valueOf).collect(Collectors.joining(", "));
                failures.add("%s is %s, expected %s".formatted(path, cut(is), cut(expected.toString())));
            }
        }
    }

    private static Optional<String> take(Taken value, Answer answer, String body, JsonBody json) {
        if (value.path() != null) {
            return json.text(value.path());
        }
        if (value.pattern() != null) {
            Matcher match = value.pattern().matcher(body);
            return match.find() ? Optional.ofNullable(match.group(1)) : Optional.empty();
        }
        return answer.header(value.extract().expression());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
