package dev.loadstar.executor.jmeter;

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
import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.protocol.http.sampler.HTTPSampleResult;
import org.apache.jmeter.samplers.SampleResult;
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

    /** Makes the result a success or an error. A value that cannot be kept is an error, and ends the iteration. */
    void judge(HTTPSampleResult result, Visit visit) {
        var failures = new ArrayList<String>();
        boolean answered = result.getResponseCode().length() == 3;
        if (answered) {
            checkStatus(result, failures);
        }
        if (answered && failures.isEmpty()) {
            checkContent(result, visit, failures);
        }
        if (!failures.isEmpty()) {
            fail(result, failures);
        }
        if (!result.isSuccessful() && !taken.isEmpty()) {
            visit.end();
        }
    }

    private void checkStatus(HTTPSampleResult result, List<String> failures) {
        int code = Integer.parseInt(result.getResponseCode());
        boolean expected = status.isEmpty() ? code < FIRST_ERROR : status.contains(code);
        result.setSuccessful(expected);
        if (!expected) {
            String wantedStatus = status.isEmpty()
                    ? "below 400"
                    : status.stream().map(String::valueOf).collect(Collectors.joining(" or "));
            failures.add("status %d, expected %s".formatted(code, wantedStatus));
        }
    }

    private void checkContent(HTTPSampleResult result, Visit visit, List<String> failures) {
        if (contains == null && wanted.isEmpty() && taken.isEmpty()) {
            return;
        }
        String body = result.getResponseDataAsString();
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
        taken.forEach(value -> take(value, result, body, json)
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

    private static Optional<String> take(Taken value, HTTPSampleResult result, String body, JsonBody json) {
        if (value.path() != null) {
            return json.text(value.path());
        }
        if (value.pattern() != null) {
            Matcher match = value.pattern().matcher(body);
            return match.find() ? Optional.ofNullable(match.group(1)) : Optional.empty();
        }
        return header(result, value.extract().expression());
    }

    private static Optional<String> header(SampleResult result, String name) {
        return result.getResponseHeaders()
                .lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static void fail(HTTPSampleResult result, List<String> failures) {
        var failure = new AssertionResult("expect");
        failure.setFailure(true);
        failure.setFailureMessage(String.join("; ", failures));
        result.addAssertionResult(failure);
        result.setSuccessful(false);
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
