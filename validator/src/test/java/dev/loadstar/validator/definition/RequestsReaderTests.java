package dev.loadstar.validator.definition;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Requests.Body;
import dev.loadstar.contract.plan.Requests.Expect;
import dev.loadstar.contract.plan.Requests.Extract;
import dev.loadstar.contract.plan.Requests.JsonCheck;
import dev.loadstar.contract.plan.Requests.Request;
import dev.loadstar.contract.plan.Requests.ThinkTime;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestsReaderTests {

    private static final String GOOD = """
            {
              "version": "loadstar/v1",
              "name": "buy",
              "target": { "baseUrl": "http://127.0.0.1:8090" },
              "defaults": {
                "timeout": "10s", "keepAlive": false, "followRedirects": false,
                "headers": { "accept": "application/json", "X-Run": "${env.RUN}" }
              },
              "variables": { "CURRENCY": "EUR", "RUN": 7 },
              "secrets": [{ "name": "TOKEN", "from": "project:token" }],
              "data": [
                { "name": "users", "file": "users.csv", "share": "unique", "onExhausted": "stopUsers" }
              ],
              "scenarios": [
                {
                  "name": "buy",
                  "tool": "any",
                  "data": ["users"],
                  "requests": [
                    {
                      "name": "list", "path": "/items?all",
                      "query": { "currency": "${env.CURRENCY}" },
                      "headers": { "Accept": "text/html", "Authorization": "Bearer ${secret.TOKEN}" },
                      "extract": [{ "as": "id", "regex": "id=(\\\\d+)" }, { "as": "tag", "header": "ETag" }]
                    },
                    {
                      "name": "buy", "method": "POST", "path": "/buy/${var.id}",
                      "body": { "json": { "sku": "${data.users.sku}", "note": "$${x} \\"a\\"", "n": [1.50, true, null] } },
                      "thinkTime": { "min": "200ms", "max": "1s" },
                      "expect": { "status": [200, 201], "bodyContains": "${var.tag}",
                                  "jsonPath": [{ "path": "$.id" }, { "path": "$.sku", "equals": "${data.users.sku}" }] }
                    }
                  ],
                  "load": { "model": "iterations", "users": 3, "iterations": 100, "maxDuration": "5m" }
                }
              ]
            }
            """;

    /** One change of the good definition, and what it makes wrong. */
    private record Mistake(
            String good,
            String bad,
            String pointer,
            String message,
            @Nullable String hint) {}

    static Stream<Mistake> mistakes() {
        return Stream.of(
                wrong(
                        "${env.CURRENCY}",
                        "${env.CURENCY}",
                        "/0/query/currency",
                        "${env.CURENCY} is not known here",
                        "Did you mean ${env.CURRENCY}?"),
                wrong(
                        "${secret.TOKEN}",
                        "${secret.PIN}",
                        "/0/headers/Authorization",
                        "${secret.PIN} is not known here",
                        "Declare it in `secrets`"),
                wrong("/buy/${var.id}", "/buy/${var.ident", "/1/path", "`${var.ident` is not closed", null),
                wrong("/buy/${var.id}", "/buy/${__time()}", "/1/path", "`${__time()}` is no reference", null),
                wrong(
                        "/items?all",
                        "/items/${var.id}",
                        "/0/path",
                        "${var.id} is not known here",
                        "A request before this one has to `extract` it; with weights none comes before"),
                wrong(
                        "\"data\": [\"users\"],",
                        "",
                        "/1/body/json/sku",
                        "${data.users.sku}: this scenario does not use `users`",
                        "Add it to the scenario's `data`"),
                wrong(
                        "\"data\": [\"users\"]",
                        "\"data\": [\"user\"]",
                        "/../data/0",
                        "There is no data named `user`",
                        "Did you mean `users`?"),
                wrong(
                        "\"name\": \"list\",",
                        "\"name\": \"list\", \"weight\": 2,",
                        "/1",
                        "`weight` is missing",
                        "Give one to every request, or to none: then they run in order"),
                wrong(
                        "id=(\\\\d+)",
                        "id=\\\\d+",
                        "/0/extract/0/regex",
                        "`regex`: \"id=\\\\d+\" has no group",
                        "Put what is to be kept in brackets, such as id=(\\d+)"),
                wrong(
                        "id=(\\\\d+)",
                        "id=(",
                        "/0/extract/0/regex",
                        "`regex`: \"id=(\" is no regular expression: Unclosed group",
                        null),
                wrong("\"Accept\"", "\"Bad Name\"", "/0/headers/Bad Name", "\"Bad Name\" is no name of a header", null),
                wrong(
                        "\"Accept\"",
                        "\"Content-Length\"",
                        "/0/headers/Content-Length",
                        "`Content-Length` is set by the tool",
                        "`defaults.keepAlive` decides about connections"),
                wrong("text/html", "a\\nb", "/0/headers/Accept", "The value of `Accept` is more than one line", null),
                wrong("\"min\": \"200ms\"", "\"min\": \"2s\"", "/1/thinkTime", "`min` is longer than `max`", null),
                wrong("\"POST\"", "\"HEAD\"", "/1/body", "A HEAD request has no body", null),
                wrong(
                        "/items?all",
                        "https://${env.RUN}.example.org/",
                        "/0/path",
                        "`path`: \"https://${env.RUN}.example.org/\" has no host that is known before the run",
                        "Write the host as it is; values may stand after it"),
                wrong(
                        "\"onExhausted\": \"stopUsers\"",
                        "\"delimiter\": \";\"",
                        "/data/0/onExhausted",
                        "Rows of `users` may be used once, so that they cannot be recycled",
                        "Set `onExhausted` to `stopUsers` or `failTest`"),
                wrong(
                        "project:token",
                        "vault/token",
                        "/secrets/0/from",
                        "`from`: \"vault/token\" is no place of a secret",
                        "Write project:<name> for a secret that the project keeps"),
                wrong("\"users\": 3", "\"users\": 0", "/../load/users", "The load has no user at any time", null));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeIsNamedWithItsPlaceAndAHint(Mistake mistake) {
        assertThat(GOOD).contains(mistake.good());

        List<Problem> problems =
                read(GOOD.replace(mistake.good(), mistake.bad())).problems();

        assertThat(problems).isNotEmpty().first().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo(mistake.pointer());
            assertThat(problem.message()).isEqualTo(mistake.message());
            if (mistake.hint() != null) {
                assertThat(problem.hint()).isEqualTo(mistake.hint());
            }
        });
    }

    @Test
    void definitionIsReadWithItsDefaultsFilledIn() {
        Definition read = read(GOOD);

        assertThat(read.problems()).isEmpty();
        Definition.Scenario scenario = read.scenarios().getFirst();
        assertThat(scenario.tool()).isEqualTo("jmeter");
        assertThat(scenario.load())
                .contains(new Load.Iterations(3, 100, Duration.ofMinutes(5), Duration.ofSeconds(30)));
        assertThat(scenario.requests())
                .contains(new Requests(Duration.ofSeconds(10), false, false, List.of(list(), buy())));
        assertThat(read.variables()).isEqualTo(Map.of("CURRENCY", "EUR", "RUN", "7"));
        assertThat(read.secrets()).containsExactly(new Inputs.SecretRef("TOKEN", "project:token"));
        assertThat(read.data()).singleElement().satisfies(data -> {
            assertThat(data.share()).isEqualTo(DataPlan.Share.UNIQUE);
            assertThat(data.onExhausted()).isEqualTo(DataPlan.OnExhausted.STOP_USERS);
        });
        assertThat(scenario.columns().stream().map(Definition.Column::pointer))
                .containsExactly(
                        "/scenarios/0/requests/1/body/json/sku", "/scenarios/0/requests/1/expect/jsonPath/1/equals");
    }

    private static Request list() {
        return new Request(
                "list",
                "GET",
                "/items?all",
                Map.of("currency", "${env.CURRENCY}"),
                Map.of("X-Run", "${env.RUN}", "Accept", "text/html", "Authorization", "Bearer ${secret.TOKEN}"),
                null,
                null,
                null,
                new Expect(List.of(), null, List.of()),
                List.of(
                        new Extract("id", Extract.From.REGEX, "id=(\\d+)"),
                        new Extract("tag", Extract.From.HEADER, "ETag")));
    }

    private static Request buy() {
        return new Request(
                "buy",
                "POST",
                "/buy/${var.id}",
                Map.of(),
                Map.of("accept", "application/json", "X-Run", "${env.RUN}"),
                new Body.Json("{\"sku\":\"${data.users.sku}\",\"note\":\"$${x} \\\"a\\\"\",\"n\":[1.50,true,null]}"),
                new ThinkTime(Duration.ofMillis(200), Duration.ofSeconds(1)),
                null,
                new Expect(
                        List.of(200, 201),
                        "${var.tag}",
                        List.of(
                                new JsonCheck("$.id", true, null),
                                new JsonCheck("$.sku", true, "\"${data.users.sku}\""))),
                List.of());
    }

    @Test
    void scriptGetsVariablesButNoSecretsInItsPlan() {
        Definition read = read(GOOD.replaceAll(
                        "(?s)\"data\": \\[\"users\"],\\s*\"requests\": \\[.*?],\\s*\"load\"",
                        "\"script\": { \"file\": \"a.jmx\", \"properties\": { \"at\": \"\\${env.CURRENCY}\", \"token\": \"\\${secret.TOKEN}\", \"user\": \"\\${data.users.sku}\" } }, \"load\"")
                .replace("\"tool\": \"any\"", "\"tool\": \"jmeter\""));

        assertThat(read.scenarios().getFirst().script())
                .map(ScenarioPlan.Script::properties)
                .map(properties -> List.of(
                        Optional.ofNullable(properties.get("at")).orElse(""),
                        Optional.ofNullable(properties.get("token")).orElse("")))
                .contains(List.of("EUR", "${secret.TOKEN}"));
        assertThat(read.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/scenarios/0/script/properties/user");
            assertThat(problem.message()).isEqualTo("${data.users.sku} cannot be used here");
        });
    }

    /** A pointer is into the first scenario's requests, unless it leads out of them. */
    private static Mistake wrong(String good, String bad, String pointer, String message, @Nullable String hint) {
        String full = pointer.startsWith("/../")
                ? "/scenarios/0/" + pointer.substring(4)
                : pointer.matches("/\\d.*") ? "/scenarios/0/requests" + pointer : pointer;
        return new Mistake(good, bad, full, message, hint);
    }

    private static Definition read(String text) {
        return DefinitionReader.read(
                text.getBytes(StandardCharsets.UTF_8), Tools.named(Set.of("jmeter")), Overrides.NONE);
    }
}
