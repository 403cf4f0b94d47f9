package dev.loadstar.reporting.prometheus;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import dev.loadstar.contract.json.Json;
import dev.loadstar.reporting.prometheus.Prometheus.Value;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads what Prometheus answers to a query over a range of time. */
final class RangeAnswer {

    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    private static final int LONGEST_REASON = 300;

    private RangeAnswer() {}

    static List<Value> read(String server, HttpResponse<byte[]> answer) throws QueryFailure {
        var body = json(answer.body());
        if (answer.statusCode() != OK) {
            throw refused(server, answer.statusCode(), body.path("error").asString(""));
        }
        var result = body.path("data").path("result");
        if (!body.path("data").path("resultType").asString("").equals("matrix") || !result.isArray()) {
            throw new QueryFailure("`%s` does not answer as a Prometheus does".formatted(server), false);
        }
        if (result.size() > 1) {
            throw new QueryFailure(
                    "the query gave %d series; make one of them, such as with sum(…) or max(…)"
                            .formatted(result.size()),
                    false);
        }
        return result.isEmpty() ? List.of() : values(result.path(0).path("values"));
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static QueryFailure refused(String server, int status, String reason) {
        String why = reason.isEmpty() ? "" : ": " + reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
        return new QueryFailure("Prometheus `%s` answered %d%s".formatted(server, status, why), status >= SERVER_ERROR);
    }

    /** What is no number, such as a quotient of nothing, is no value. */
    private static List<Value> values(JsonNode pairs) {
        var values = new ArrayList<Value>();
        for (var pair : pairs) {
            double value = number(pair.path(1).asString(""));
            if (Double.isFinite(value)) {
                values.add(new Value(Math.round(pair.path(0).asDouble(0)), value));
            }
        }
        return values;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN; // Prometheus writes +Inf
        }
    }
}
