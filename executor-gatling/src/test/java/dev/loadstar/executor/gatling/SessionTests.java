package dev.loadstar.executor.gatling;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.loadstar.contract.plan.Load;
import dev.loadstar.executor.tool.ArrivalFate;
import dev.loadstar.executor.tool.Sample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.awaitility.Awaitility.await;

/** What the kit does not ask of every tool. */
class SessionTests {

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Trial trial;

    @BeforeEach
    void openTarget() {
        trial = new Trial(folder);
    }

    @AfterEach
    void closeTarget() {
        trial.close();
    }

    @Test
    void feedersChecksGroupsLoopsPausesAndPropertiesWorkAsInGatling() throws Exception {
        Files.writeString(folder.resolve("products.csv"), "product\nbook\npen\n");
        trial.chain("""
                feed(csv("products.csv").circular())
                .group("shop").on(
                    exec(http("look").get("/#{product}").check(bodyString().saveAs("seen"))),
                    pause(Duration.ofMillis(50)),
                    repeat(2).on(exec(http("again").get("/again#{seen}"))))
                .exec(http("greet").get("/" + System.getProperty("greeting")))
                """.replace("\n", ""));

        trial.run(Trial.iterations(1, 4));

        assertThat(trial.target.counts())
                .isEqualTo(Map.of("/book", 2L, "/pen", 2L, "/again/book", 4L, "/again/pen", 4L, "/hello", 4L));
        assertThat(trial.samples.counts(Sample.Kind.REQUEST))
                .isEqualTo(Map.of("shop / look", 4L, "shop / again", 8L, "greet", 4L));
        assertThat(trial.samples.counts(Sample.Kind.TRANSACTION)).isEqualTo(Map.of("shop", 4L));
        assertThat(trial.samples.of("shop"))
                .allMatch(sample -> sample.errorKind() == null)
                .allSatisfy(sample -> assertThat(sample.durationMicros())
                        .as("without the pause, as Gatling reports groups")
                        .isLessThan(5_000_000));
    }

    @Test
    void errorsHaveTheKindsOfThePlatform() throws Exception {
        trial.chain("""
                exec(http("missing").get("/status/404"))
                .exec(http("expected").get("/status/404").check(status().is(404)))
                .exec(http("broken").get("/status/503"))
                .exec(http("other").get("/x").check(bodyString().is("y")))
                .exec(http("refused").get("http://127.0.0.1:1/"))
                .exec(http("unknown").get("http://nowhere.invalid/"))
                .exec(http("gone").get("/gone"))
                .exec(http("late").get("/held").requestTimeout(Duration.ofMillis(200)))
                .exec(http("tls").get(TARGET.replace("http:", "https:") + "/"))
                .exec(http("unsaid").get("/#{unsaid}"))
                .group("all").on(exec(http("inside").get("/status/500")))
                """.replace("\n", ""));

        System.setProperty("gatling.ssl.handshakeTimeout", "300");
        trial.run(Trial.iterations(1, 1));
        System.clearProperty("gatling.ssl.handshakeTimeout");

        assertThat(kind("missing")).isEqualTo("http.404");
        assertThat(kind("expected")).isEqualTo("none");
        assertThat(kind("broken")).isEqualTo("http.503");
        assertThat(kind("other")).isEqualTo("assertion");
        assertThat(kind("refused")).isEqualTo("connect.refused");
        assertThat(kind("unknown")).isEqualTo("dns");
        assertThat(kind("gone")).isEqualTo("connection.closed");
        assertThat(kind("late")).isEqualTo("timeout");
        assertThat(trial.samples.of("late").getFirst().durationMicros()).isBetween(150_000L, 2_000_000L);
        assertThat(kind("tls")).isEqualTo("tls");
        assertThat(kind("unsaid")).isEqualTo("script");
        assertThat(kind("all")).isEqualTo("http.500");
    }

    private String kind(String label) {
        List<Sample> samples = trial.samples.of(label);
        assertThat(samples).as(label).hasSize(1);
        String kind = samples.getFirst().errorKind();
        return kind == null ? "none" : kind;
    }

    @Test
    void populationsShareTheUsersInProportionToTheirOwnSizesOverAllExecutors() throws Exception {
        trial.write("""
                { setUp(
                    scenario("few").exec(http("few").get("/held")).injectOpen(rampUsers(10).during(5)),
                    scenario("many").exec(http("many").get("/held")).injectOpen(atOnceUsers(30)))
                  .protocols(http.baseUrl(TARGET)); }
                """);

        for (int index = 0; index < 2; index++) {
            try (var session = trial.prepare(Trial.hold(8, Duration.ofMinutes(1)), index, 2)) {
                int expected = 4 * (index + 1);
                session.start(Instant.now());
                await().until(() -> trial.target.hits().size() == expected);
                assertThat(session.activeUsers()).isEqualTo(4);
                session.stop(Duration.ZERO);
                session.await();
            }
        }

        assertThat(trial.samples.counts(Sample.Kind.REQUEST)).isEqualTo(Map.of("few", 2L, "many", 6L));
        assertThat(trial.samples.of("many")).allMatch(sample -> "stopped".equals(sample.errorKind()));
    }

    @Test
    void beforeRunsBeforeTheLoadAndAfterWhenNothingIsOnItsWay() throws Exception {
        trial.write("""
                  static void call(String path) {
                    try (var in = java.net.URI.create(TARGET + path).toURL().openStream()) { in.readAllBytes(); }
                    catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
                  }
                  @Override public void before() { call("/before"); }
                  @Override public void after() { call("/after"); }
                  { setUp(scenario("s").exec(http("step").get("/step")).injectOpen(atOnceUsers(1)))
                    .protocols(http.baseUrl(TARGET)); }
                """);

        try (var session = trial.prepare(Trial.hold(2, Duration.ofMinutes(1)), 0, 1)) {
            session.start(Instant.now());
            await().until(() -> trial.target.hits("/step").size() > 4);
            session.stop(Duration.ofSeconds(1));
            session.await();
        }

        assertThat(trial.target.hits().getFirst().path()).isEqualTo("/before");
        assertThat(trial.target.hits().getLast().path()).isEqualTo("/after");
        assertThat(trial.target.counts()).containsEntry("/before", 1L).containsEntry("/after", 1L);
    }

    @Test
    void stopWithoutGraceCutsRequestsAndTellsThemApart() throws Exception {
        trial.chain("exec(http(\"held\").get(\"/held\")).exec(http(\"next\").get(\"/next\"))");

        try (var session = trial.prepare(Trial.hold(3, Duration.ofMinutes(1)), 0, 1)) {
            session.start(Instant.now());
            await().until(() -> trial.target.hits().size() == 3);
            session.stop(Duration.ofMinutes(5));
            session.stop(Duration.ZERO);
            session.await();
            assertThat(session.activeUsers()).isZero();
        }

        assertThat(trial.samples.of("held")).hasSize(3).allMatch(sample -> "stopped".equals(sample.errorKind()));
        assertThat(trial.target.hits("/next")).isEmpty();
    }

    @Test
    void simulationThatEndsTheLoadBreaksThePlan() throws Exception {
        trial.chain("exec(http(\"step\").get(\"/step\")).stopLoadGenerator(\"enough\")");

        try (var session = trial.prepare(Trial.hold(1, Duration.ofMinutes(1)), 0, 1)) {
            session.start(Instant.now());

            assertThat(session.await().message()).contains("before it was over", "enough");
        }
    }

    @Test
    void feederThatIsEmptyEndsTheRunWithGatlingsWords() throws Exception {
        Files.writeString(folder.resolve("one.csv"), "only\nrow\n");
        trial.chain("feed(csv(\"one.csv\")).exec(http(\"step\").get(\"/#{only}\"))");

        try (var session = trial.prepare(Trial.hold(1, Duration.ofMinutes(1)), 0, 1)) {
            session.start(Instant.now());

            assertThat(session.await().message()).contains("The simulation crashed", "empty");
        }
        assertThat(trial.target.counts()).isEqualTo(Map.of("/row", 1L));
    }

    @Test
    void arrivalsBeginAtTheirInstantsAndFirstRequestsKnowThem() throws Exception {
        trial.chain("exec(http(\"one\").get(\"/one\")).exec(http(\"two\").get(\"/two\"))");

        long begin = trial.run(Trial.arrivals(3, Duration.ofSeconds(2), 100), 1, 2);

        List<Target.Hit> hits = trial.target.hits("/one");
        assertThat(hits).hasSize(3);
        for (int i = 0; i < 3; i++) {
            // Every second arrival of one each third of a second.
            assertThat((hits.get(i).nanos() - begin) / 1e9).isCloseTo((2 * i + 1) / 3.0, offset(0.15));
        }
        assertThat(trial.samples.fates(ArrivalFate.BEGUN)).isEqualTo(3);
        assertThat(trial.samples.of("one"))
                .allSatisfy(sample -> assertThat(sample.startMicros() - sample.intendedMicros())
                        .isBetween(-2_000L, 150_000L));
        assertThat(trial.samples.of("two")).hasSize(3).allMatch(sample -> sample.intendedMicros() == -1);
    }

    @Test
    void arrivalsAboveMaxUsersAreDroppedAndCounted() throws Exception {
        trial.chain("exec(http(\"held\").get(\"/held\"))");

        trial.run(Trial.arrivals(10, Duration.ofSeconds(1), 4));

        assertThat(trial.target.hits()).hasSize(4);
        assertThat(trial.samples.fates(ArrivalFate.BEGUN)).isEqualTo(4);
        assertThat(trial.samples.fates(ArrivalFate.DROPPED)).isEqualTo(6);
    }

    @Test
    void pacedUsersBeginOnTheirGrid() throws Exception {
        trial.chain("exec(http(\"step\").get(\"/step\"))");
        var stage = new Load.Stage("hold", Duration.ofMillis(1900), 5, Load.Shape.HOLD, true);

        trial.run(new Load.Closed(0, List.of(stage), Duration.ofMillis(500), null, Duration.ofSeconds(1)));

        assertThat(trial.target.hits()).hasSize(20);
        assertThat(trial.samples.of("step")).allMatch(sample -> sample.intendedMicros() > 0);
    }

    @Test
    void cappedUsersSendNoFasterThanTheCapAndKeepTheirPauses() throws Exception {
        trial.chain("exec(http(\"step\").get(\"/step\")).pause(Duration.ofMillis(1))");
        var stage = new Load.Stage("hold", Duration.ofSeconds(2), 5, Load.Shape.HOLD, true);

        trial.run(new Load.Closed(0, List.of(stage), Duration.ZERO, 40.0, Duration.ofSeconds(1)), 0, 2);

        // Half of 40 a second, for two seconds; requests that waited at the end may still be sent.
        assertThat(trial.target.hits().size()).isBetween(36, 46);
    }

    @Test
    void scriptsOwnPopulationsFollowEachOtherAndAreDividedExactly() throws Exception {
        trial.write("""
                { setUp(
                    scenario("first").exec(http("first").get("/first")).injectOpen(rampUsers(5).during(1))
                      .andThen(scenario("second").exec(http("second").get("/second"))
                        .injectOpen(constantUsersPerSec(7).during(1).randomized())))
                  .protocols(http.baseUrl(TARGET)); }
                """);
        var load = new Load.FromScript(Duration.ofSeconds(5));

        trial.run(load, 0, 3);
        assertThat(trial.target.hits("/first")).hasSize(2);
        assertThat(trial.target.hits("/second")).hasSize(3);
        assertThat(trial.target.hits("/first").getLast().nanos())
                .isLessThan(trial.target.hits("/second").getFirst().nanos());
        trial.run(load, 1, 3);
        trial.run(load, 2, 3);

        assertThat(trial.target.counts()).isEqualTo(Map.of("/first", 5L, "/second", 7L));
        assertThat(trial.samples.counts(Sample.Kind.REQUEST)).isEqualTo(Map.of("first", 5L, "second", 7L));
    }

    @Test
    void scriptsOwnClosedInjectionKeepsItsUsersDivided() throws Exception {
        trial.write("""
                { setUp(scenario("s").exec(session -> session.set("me", session.userId()))
                    .exec(http("in").get("/in")).pause(Duration.ofMillis(100)).exec(http("out").get("/out"))
                    .injectClosed(constantConcurrentUsers(3).during(1), rampConcurrentUsers(3).to(5).during(1)))
                  .protocols(http.baseUrl(TARGET)); }
                """);
        var load = new Load.FromScript(Duration.ofSeconds(5));

        long begin = trial.run(load, 0, 2);

        assertThat(mostInside(begin, 0, 0.9)).isEqualTo(2);
        assertThat(mostInside(begin, 1.9, 2.5)).isEqualTo(3);
        assertThat(trial.target.counts().get("/in"))
                .isEqualTo(trial.target.counts().get("/out"));
    }

    /** Users between their two requests. */
    private int mostInside(long begin, double from, double to) {
        var hits = new ArrayList<>(trial.target.hits());
        int inside = 0;
        int most = 0;
        for (Target.Hit hit : hits) {
            inside += hit.path().equals("/in") ? 1 : -1;
            double at = (hit.nanos() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
            most = at >= from && at < to ? Math.max(most, inside) : most;
        }
        return most;
    }

    @Test
    void throttleOfTheSimulationHoldsUnderItsOwnLoadAlone() throws Exception {
        trial.write("""
                { setUp(scenario("s").exec(http("step").get("/step")).injectOpen(atOnceUsers(40)))
                  .protocols(http.baseUrl(TARGET)).throttle(jumpToRps(10), holdFor(2)); }
                """);

        trial.run(new Load.FromScript(Duration.ofSeconds(1)), 0, 2);
        int own = trial.target.hits().size();
        trial.run(Trial.iterations(4, 40));

        assertThat(own).isBetween(5, 15);
        assertThat(trial.target.hits()).hasSize(own + 40);
    }

    @Test
    void simulationInAJarRuns() throws Exception {
        trial.chain("exec(http(\"step\").get(\"/step\"))");
        trial.packed();

        trial.run(Trial.iterations(1, 3));

        assertThat(trial.target.hits()).hasSize(3);
    }
}
