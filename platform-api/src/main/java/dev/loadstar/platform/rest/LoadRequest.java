package dev.loadstar.platform.rest;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import dev.loadstar.contract.definition.Units;
import dev.loadstar.contract.run.LoadChange;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The JSON that changes the load of a running run.
 *
 * @param scenario null where the run has only one
 */
record LoadRequest(@Nullable String scenario, LoadChange.What what) {

    private static final List<String> KEYS = List.of("scenario", "users", "rate", "paused");

    /** @throws dev.loadstar.contract.problem.LoadstarException REQUEST_INVALID with every problem */
    static LoadRequest read(InputStream input) throws IOException {
        var body = JsonBody.read(input, KEYS);
        @Nullable String scenario = body.text("scenario");
        var what = new LoadChange.What(users(body), rate(body), paused(body));
        if (!body.has("users") && !body.has("rate") && !body.has("paused")) {
            body.problems().invalid("", "Say what shall change: 'users', 'rate' or 'paused'");
        }
        body.problems().check();
        return new LoadRequest(scenario, what);
    }

    private static @Nullable Integer users(JsonBody body) {
        JsonNode value = body.at("users");
        if (value.isMissingNode() || (value.isIntegralNumber() && value.canConvertToInt())) {
            return value.isMissingNode() ? null : value.intValue();
        }
        body.problems().invalid("/users", "'users' must be a whole number");
        return null;
    }

    private static @Nullable Double rate(JsonBody body) {
        @Nullable String text = body.text("rate");
        try {
            return text == null ? null : Double.valueOf(Units.rate(text));
        } catch (IllegalArgumentException e) {
            body.problems().invalid("/rate", String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable Boolean paused(JsonBody body) {
        JsonNode value = body.at("paused");
        if (value.isMissingNode() || value.isBoolean()) {
            return value.isMissingNode() ? null : value.booleanValue();
        }
        body.problems().invalid("/paused", "'paused' must be true or false");
        return null;
    }
}
