package dev.loadstar.executor.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.loadstar.contract.plan.DataPlan;
import dev.loadstar.contract.plan.DataPlan.OnExhausted;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Requests;
import dev.loadstar.contract.plan.Requests.Body;
import dev.loadstar.contract.plan.Requests.Expect;
import dev.loadstar.contract.plan.Requests.Extract;
import dev.loadstar.contract.plan.Requests.JsonCheck;
import dev.loadstar.contract.plan.Requests.Request;
import dev.loadstar.contract.plan.Requests.ThinkTime;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.Shard;
import dev.loadstar.contract.plan.Work;
import dev.loadstar.executor.secret.Secrets;
import dev.loadstar.executor.tool.LoadTool;
import dev.loadstar.executor.tool.Sample;
import dev.loadstar.executor.tool.ToolSession.ToolEnd;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every tool that can send requests without a script must do with them, so that a definition counts the same whoever
 * sends it.
 */
public abstract class RequestKit {

    private static final Expect ANY = new Expect(List.of(), null, List.of());
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    private final KitRecorder samples = new KitRecorder();
    private final WebTarget target = new WebTarget();
    private final Secrets secrets = new Secrets(Map.of("TOKEN", "s3cret&x"));

    /** A new one, as {@link java.util.ServiceLoader} would make it. */
    protected abstract LoadTool tool();

    @AfterEach
    void closeTarget() {
        target.close();
    }

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
        Files.writeString(folder.resolve("users.csv"), "name\n\"${__time()} \"\"ä\"\" & ${secret.TOKEN}/\"\n");
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
        Files.write(folder.resolve("photo.bin"), new byte[] {1, 2, -1});
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

        var inspection = tool().inspect(folder, scenario);

        assertThat(inspection.labels()).containsExactly("bad");
        assertThat(inspection.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/requests/0/expect/jsonPath/0/path");
            assertThat(problem.message()).startsWith("\"$.items.\" is no JSONPath");
        });
    }

    private void writeUsers(String text) throws IOException {
        Files.writeString(folder.resolve("users.csv"), text);
    }

    private Set<Integer> ports() {
        var ports = new TreeSet<Integer>();
        target.hits().forEach(hit -> ports.add(hit.port()));
        return ports;
    }

    private static Requests of(Request... requests) {
        return new Requests(TIMEOUT, true, true, List.of(requests));
    }

    private static Request get(String name, String path) {
        return expecting(name, path, List.of(), null);
    }

    private static Request expecting(
            String name, String path, List<Integer> status, @Nullable String contains, JsonCheck... checks) {
        var expect = new Expect(status, contains, List.of(checks));
        return new Request(name, "GET", path, Map.of(), Map.of(), null, null, null, expect, List.of());
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

    private static Load iterations(int users, long iterations) {
        return new Load.Iterations(users, iterations, Duration.ofMinutes(1), Duration.ofSeconds(5));
    }

    private static DataPlan users(OnExhausted onExhausted, boolean sensitive) {
        return new DataPlan(
                "users",
                "users.csv",
                ',',
                List.of("name"),
                true,
                1,
                DataPlan.Share.ALL,
                DataPlan.Order.SEQUENTIAL,
                onExhausted,
                sensitive);
    }

    /** For subclasses that try more. */
    protected final Path folder() {
        return folder;
    }

    /** The target's address. */
    protected final String baseUrl() {
        return target.baseUrl();
    }

    /** What the target was asked for, how often. */
    protected final Map<String, Long> counts() {
        return target.counts();
    }

    /** Runs that on one executor. The secret {@code TOKEN} is {@code s3cret&x}. */
    protected final ToolEnd run(Work work, Load load) throws InterruptedException {
        return run(work, load, List.of(), 0, 1);
    }

    private ToolEnd run(Work work, Load load, List<DataPlan> data, int index, int of) throws InterruptedException {
        var scenario = new ScenarioPlan(
                "shop",
                "kit",
                Duration.ZERO,
                work,
                load,
                data.stream().map(DataPlan::name).toList());
        var shard = new Shard(
                index + 1,
                index,
                of,
                scenario,
                new RunPlan.Target(target.baseUrl(), List.of("127.0.0.1")),
                List.of(),
                new Inputs(Map.of("CITY", "Köln"), List.of(new Inputs.SecretRef("TOKEN", "project:token")), data));
        try (var session = tool().prepare(shard, secrets, folder, samples, () -> true, KitRows.of(shard.inputs()))) {
            session.start(Instant.now());
            return session.await();
        }
    }
}
