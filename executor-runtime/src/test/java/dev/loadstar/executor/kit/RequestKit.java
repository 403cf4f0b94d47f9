package dev.loadstar.executor.kit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.loadstar.contract.plan.DataPlan.OnExhausted;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Requests.Body;
import dev.loadstar.contract.plan.Requests.Request;
import dev.loadstar.contract.plan.Requests.ThinkTime;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every tool that can send requests without a script must send, so that a definition counts the same whoever sends it.
 * What it must make of the responses is {@link ResponseKit}.
 */
public abstract class RequestKit extends RequestTrial {

    @Test
    void iterationsAreDoneExactlyAndInOrderOverAllExecutors() throws Exception {
        var requests = of(get("home", "/home"), get("list", "/list"));

        run(requests, iterations(3, 10), List.of(), 0, 2);
        run(requests, iterations(3, 10), List.of(), 1, 2);

        assertThat(target.counts()).isEqualTo(Map.of("/home", 10L, "/list", 10L));
        assertThat(samples.counts(Sample.Kind.REQUEST)).isEqualTo(Map.of("home", 10L, "list", 10L));
        assertThat(samples.all()).allMatch(sample -> sample.errorKind() == null);
    }

    @Test
    void valuesArriveAsTheyAreAndAreNeverEvaluated() throws Exception {
        Files.writeString(folder().resolve("users.csv"), "name\n\"${__time()} \"\"ä\"\" & ${secret.TOKEN}/\"\n");
        var request = new Request(
                "all ${__time()}",
                "POST",
                "/echo/${data.users.name}",
                Map.of("q", "${data.users.name}+1"),
                Map.of("X-Name", "<${data.users.name}>", "Authorization", "Bearer ${secret.TOKEN}"),
                new Body.Json("{\"a\":\"${data.users.name}\",\"b\":\"$${__time()}\",\"c\":[1.50,\"${env.CITY}\"]}"),
                null,
                null,
                ANY,
                List.of());

        run(of(request), iterations(1, 1), List.of(users(OnExhausted.RECYCLE, false)), 0, 1);

        String name = "${__time()} \"ä\" & ${secret.TOKEN}/";
        assertThat(target.hits()).singleElement().satisfies(hit -> {
            assertThat(hit.path()).isEqualTo("/echo/" + name);
            assertThat(hit.query()).isEqualTo("q=" + name + "+1");
            assertThat(hit.rawQuery()).endsWith("%2F%2B1");
            assertThat(hit.header("X-Name")).isEqualTo("<" + name + ">");
            assertThat(hit.header("Authorization")).isEqualTo("Bearer s3cret&x");
            assertThat(hit.header("Content-Type")).isEqualTo("application/json");
            assertThat(utf8(hit.body()))
                    .isEqualTo(
                            "{\"a\":\"${__time()} \\\"ä\\\" & ${secret.TOKEN}/\",\"b\":\"${__time()}\",\"c\":[1.50,\"Köln\"]}");
        });
        assertThat(samples.of("all ${__time()}")).hasSize(1);
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Test
    void bodiesOfEachKindAreSentWithEachMethodThatTakesOne() throws Exception {
        Files.write(folder().resolve("photo.bin"), new byte[] {1, 2, -1});
        run(
                of(
                        with("text", "PUT", new Body.Text("a=${env.CITY}")),
                        with("form", "PATCH", new Body.Form(Map.of("a b", "ö&${env.CITY}"))),
                        with("file", "POST", new Body.File("photo.bin")),
                        with("gone", "DELETE", null),
                        with("head", "HEAD", null)),
                iterations(1, 1),
                List.of(),
                0,
                1);

        assertThat(target.hits().stream().map(hit -> hit.method() + " " + hit.header("Content-Type")))
                .containsExactly(
                        "PUT text/plain; charset=UTF-8",
                        "PATCH application/x-www-form-urlencoded",
                        "POST application/octet-stream",
                        "DELETE null",
                        "HEAD null");
        assertThat(utf8(target.hits().get(0).body())).isEqualTo("a=Köln");
        assertThat(target.hits().get(1).body()).isEqualTo("a%20b=%C3%B6%26K%C3%B6ln");
        assertThat(target.hits().get(2).body()).isEqualTo("\u0001\u0002\u00ff");
    }

    @Test
    void cookiesLastForAnIterationAndConnectionsForAUser() throws Exception {
        var requests = of(get("set", "/cookie/set"), get("show", "/cookie/show"));

        run(requests, iterations(1, 3), List.of(), 0, 1);

        assertThat(target.hits().stream().filter(hit -> hit.path().endsWith("set")))
                .hasSize(3)
                .allMatch(hit -> hit.header("Cookie") == null);
        assertThat(target.hits().stream().filter(hit -> hit.path().endsWith("show")))
                .hasSize(3)
                .allMatch(hit -> "id=7".equals(hit.header("Cookie")));
        assertThat(ports()).hasSize(1);
    }

    @Test
    void connectionsAreClosedWhereTheyAreNotKept() throws Exception {
        run(new Requests(TIMEOUT, false, true, List.of(get("home", "/home"))), iterations(1, 3), List.of(), 0, 1);

        assertThat(ports()).hasSize(3);
    }

    @Test
    void thinkTimeIsNoPartOfTheLatency() throws Exception {
        var slow = new Request(
                "think",
                "GET",
                "/home",
                Map.of(),
                Map.of(),
                null,
                new ThinkTime(Duration.ofMillis(150), Duration.ofMillis(250)),
                null,
                ANY,
                List.of());
        run(of(slow), iterations(1, 3), List.of(), 0, 1);

        List<Sample> all = samples.of("think");
        assertThat(all).hasSize(3).allMatch(sample -> sample.durationMicros() < 150_000);
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).startMicros() - all.get(i - 1).startMicros()).isGreaterThan(145_000);
        }
    }

    @Test
    void weightedRequestsAreOnePerIteration() throws Exception {
        run(of(weighted("much", 3), weighted("little", 1)), iterations(2, 40), List.of(), 0, 1);

        assertThat(samples.all()).hasSize(40);
        assertThat(samples.of("much")).hasSizeBetween(29, 31);
    }

    @Test
    void usersStopWhenTheRowsAreUsedUp() throws Exception {
        writeUsers("name\nann\nbob\ncid\n");
        var requests = of(get("visit", "/user/${data.users.name}"));

        ToolEnd end = run(requests, hold(2), List.of(users(OnExhausted.STOP_USERS, false)), 0, 1);

        assertThat(end).isEqualTo(ToolEnd.DONE);
        assertThat(target.counts()).isEqualTo(Map.of("/user/ann", 1L, "/user/bob", 1L, "/user/cid", 1L));
    }

    @Test
    void testFailsWhenTheRowsAreUsedUpAndTheDefinitionSaysSo() throws Exception {
        writeUsers("name\nann\n");

        ToolEnd end = run(
                of(get("visit", "/user/${data.users.name}")),
                hold(1),
                List.of(users(OnExhausted.FAIL_TEST, false)),
                0,
                1);

        assertThat(end).isEqualTo(new ToolEnd(true, "The rows of `users` are used up (users.csv)"));
    }

    @Test
    void iterationsThatDoNotFitIntoTheTimeAreAFailure() throws Exception {
        var load = new Load.Iterations(1, 1000, Duration.ofMillis(400), Duration.ofSeconds(1));

        ToolEnd end = run(of(get("slow", "/slow")), load, List.of(), 0, 1);

        assertThat(end.failed()).isTrue();
        assertThat(end.message())
                .startsWith("`maxDuration` 400ms was over when ")
                .endsWith(" of 1,000 iterations had begun here");
    }

    private Set<Integer> ports() {
        var ports = new TreeSet<Integer>();
        target.hits().forEach(hit -> ports.add(hit.port()));
        return ports;
    }

    private static Request with(String name, String method, @Nullable Body body) {
        return new Request(name, method, "/" + name, Map.of(), Map.of(), body, null, null, ANY, List.of());
    }

    private static Request weighted(String name, double weight) {
        return new Request(name, "GET", "/" + name, Map.of(), Map.of(), null, null, weight, ANY, List.of());
    }

    private static Load hold(int users) {
        var stage = new Load.Stage("hold", Duration.ofMinutes(5), users, Load.Shape.HOLD, true);
        return new Load.Closed(0, List.of(stage), Duration.ofSeconds(5));
    }
}
