package dev.loadstar.executor.kit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.plan.DataPlan.OnExhausted;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Requests.Extract;
import dev.loadstar.contract.plan.Requests.JsonCheck;
import dev.loadstar.contract.plan.Requests.Request;
import dev.loadstar.contract.plan.ScenarioPlan;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What every tool that can send requests without a script must make of the responses, with the same kinds of errors and messages. */
public abstract class ResponseKit extends RequestTrial {

    @Test
    void valuesOfAResponseAreUsedInLaterRequests() throws Exception {
        var first = new Request(
                "first",
                "GET",
                "/json",
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                ANY,
                List.of(
                        new Extract("id", Extract.From.JSON_PATH, "$.items[1].id"),
                        new Extract("next", Extract.From.JSON_PATH, "$.next"),
                        new Extract("tag", Extract.From.HEADER, "x-tag"),
                        new Extract("word", Extract.From.REGEX, "\"say\":\"(\\w+)")));
        run(
                of(first, get("second", "/item/${var.id}/${var.tag}/${var.word}"), get("third", "${var.next}")),
                iterations(1, 2),
                List.of(),
                0,
                1);

        assertThat(target.counts()).isEqualTo(Map.of("/json", 2L, "/item/42/a b/hello", 2L, "/page", 2L));
        assertThat(target.hits().getLast().query()).isEqualTo("n=2");
    }

    @Test
    void valueThatIsNotThereIsAnErrorAndEndsTheIteration() throws Exception {
        var first = new Request(
                "first",
                "GET",
                "/json",
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                ANY,
                List.of(new Extract("id", Extract.From.JSON_PATH, "$.nothing.id")));

        run(of(first, get("second", "/item/${var.id}")), iterations(1, 3), List.of(), 0, 1);

        assertThat(target.counts()).isEqualTo(Map.of("/json", 3L));
        assertThat(samples.of("first")).hasSize(3).allSatisfy(sample -> {
            assertThat(sample.errorKind()).isEqualTo("assertion");
            assertThat(sample.errorMessage()).isEqualTo("`id` cannot be extracted: $.nothing.id finds nothing");
        });
    }

    @Test
    void responsesAreHeldAgainstWhatIsExpected() throws Exception {
        run(
                of(
                        expecting("fine", "/json", List.of(200), "hello", new JsonCheck("$.items[*].id", true, "42.0")),
                        expecting("status", "/json", List.of(201, 204), null),
                        expecting("text", "/json", List.of(), "goodbye ${env.CITY}"),
                        expecting("value", "/json", List.of(), null, new JsonCheck("$.say", true, "\"bye\"")),
                        expecting("there", "/json", List.of(), null, new JsonCheck("$.say", false, null)),
                        expecting("wanted 500", "/status/500", List.of(500), null),
                        expecting("unwanted 500", "/status/500", List.of(), null),
                        expecting("no json", "/home", List.of(), null, new JsonCheck("$.a", true, null))),
                iterations(1, 1),
                List.of(),
                0,
                1);

        assertThat(samples.all().stream()
                        .map(sample ->
                                "%s: %s, %s".formatted(sample.label(), sample.errorKind(), sample.errorMessage())))
                .containsExactly(
                        "fine: null, null",
                        "status: assertion, status 200, expected 201 or 204",
                        "text: assertion, the body does not contain \"goodbye Köln\"",
                        "value: assertion, $.say is \"hello\", expected \"bye\"",
                        "there: assertion, $.say is there",
                        "wanted 500: null, null",
                        "unwanted 500: http.500, Internal Server Error",
                        "no json: assertion, the body is not JSON");
    }

    @Test
    void redirectsAreOneRequestAndLeadToNoOtherHost() throws Exception {
        run(of(get("moved", "/moved/landed"), get("away", "/away")), iterations(1, 1), List.of(), 0, 1);

        assertThat(target.counts()).isEqualTo(Map.of("/moved/landed", 1L, "/landed", 1L, "/away", 1L));
        assertThat(samples.of("moved"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.errorKind()).isNull());
        assertThat(samples.of("away"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.errorKind() + ": " + sample.errorMessage())
                        .isEqualTo("host.refused: The redirect leads to localhost, which is not in `allowHosts`"));
    }

    @Test
    void valuesLeadToNoOtherHost() throws Exception {
        writeUsers("name\nhttp://localhost:1/stolen\n");

        run(
                of(get("linked", "${data.users.name}")),
                iterations(1, 1),
                List.of(users(OnExhausted.RECYCLE, false)),
                0,
                1);

        assertThat(samples.of("linked"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.errorKind() + ": " + sample.errorMessage())
                        .isEqualTo("host.refused: The path leads to localhost, which is not in `allowHosts`"));
    }

    @Test
    void redirectsAreNotFollowedWhereTheDefinitionSaysSo() throws Exception {
        var requests = new Requests(TIMEOUT, true, false, List.of(get("moved", "/moved/landed")));

        run(requests, iterations(1, 1), List.of(), 0, 1);

        assertThat(target.counts()).isEqualTo(Map.of("/moved/landed", 1L));
        assertThat(samples.of("moved")).allMatch(sample -> sample.errorKind() == null);
    }

    @Test
    void requestsThatTakeTooLongAreTimeOutsAlsoWhenTheAnswerTrickles() throws Exception {
        var requests = new Requests(
                Duration.ofMillis(300), true, true, List.of(get("silent", "/silent"), get("trickle", "/trickle")));

        run(requests, iterations(1, 1), List.of(), 0, 1);

        assertThat(samples.all()).hasSize(2).allSatisfy(sample -> {
            assertThat(sample.errorKind()).isEqualTo("timeout");
            assertThat(sample.durationMicros()).isBetween(250_000L, 2_000_000L);
        });
    }

    @Test
    void sensitiveRowsAreHiddenInMessages() throws Exception {
        writeUsers("name\nHarald Blauzahn\n");

        run(
                of(expecting("who", "/json", List.of(), "${data.users.name}")),
                iterations(1, 1),
                List.of(users(OnExhausted.RECYCLE, true)),
                0,
                1);

        assertThat(samples.of("who"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.errorMessage()).isEqualTo("the body does not contain \"***\""));
    }

    @Test
    void pathsThatAreNoJsonPathAreFoundByAnInspection() {
        var request = expecting("bad", "/json", List.of(), null, new JsonCheck("$.items.", true, null));
        var scenario = new ScenarioPlan("shop", "kit", Duration.ZERO, of(request), iterations(1, 1), List.of());

        var inspection = tool().inspect(folder(), scenario);

        assertThat(inspection.labels()).containsExactly("bad");
        assertThat(inspection.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/requests/0/expect/jsonPath/0/path");
            assertThat(problem.message()).startsWith("\"$.items.\" is no JSONPath");
        });
    }
}
