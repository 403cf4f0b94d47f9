package dev.loadstar.validator.definition;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.Load.Arrivals;
import dev.loadstar.contract.plan.Load.RateStage;
import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Loads that are arrivals at a rate, and what goes with a schedule: pacing, limits on rates, latency from the intended start. */
class OpenLoadTests {

    private static final String OPEN = """
            { "model": "open", "startRate": "30/m", "arrivals": "poisson", "seed": 7, "maxUsers": 50, "gracefulStop": "5s",
              "stages": [
                { "name": "up", "duration": "10s", "rate": "2.5/s", "shape": "ramp", "measure": false },
                { "name": "steady", "duration": "1m", "rate": "2.5/s" },
                { "name": "peak", "duration": "30s", "rate": "300/m", "shape": "jump" }
              ] }""";
    private static final String CLOSED = "{ \"users\": 10, \"duration\": \"1m\" }";
    private static final String PACED = """
            { "model": "closed", "pacing": "2s", "rateCap": "40/s",
              "stages": [{ "name": "all", "duration": "1m", "users": 10 }] }""";

    @Test
    void openLoadIsTakenWithAllItsFields() {
        Definition read = read(OPEN, "");

        assertThat(read.problems()).isEmpty();
        assertThat(load(read))
                .isEqualTo(new Load.Open(
                        0.5,
                        List.of(
                                new RateStage("up", Duration.ofSeconds(10), 2.5, Shape.RAMP, false),
                                new RateStage("steady", Duration.ofMinutes(1), 2.5, Shape.HOLD, true),
                                new RateStage("peak", Duration.ofSeconds(30), 5, Shape.JUMP, true)),
                        Arrivals.POISSON,
                        7,
                        50,
                        Duration.ofSeconds(5)));
    }

    @Test
    void shortFormWithARateBecomesARampThatIsNotMeasuredAndAHold() {
        Definition read = read("{ \"rate\": \"90/m\", \"rampUp\": \"5s\", \"duration\": \"30s\" }", "");

        assertThat(read.problems()).isEmpty();
        assertThat(load(read))
                .isEqualTo(new Load.Open(
                        0,
                        List.of(
                                new RateStage("ramp", Duration.ofSeconds(5), 1.5, Shape.RAMP, false),
                                new RateStage("hold", Duration.ofSeconds(30), 1.5, Shape.HOLD, true)),
                        Arrivals.EVEN,
                        1,
                        10_000,
                        Duration.ofSeconds(30)));
    }

    @Test
    void pacingAndRateCapAreTaken() {
        Definition read = read(PACED, "");

        assertThat(read.problems()).isEmpty();
        assertThat(load(read)).isInstanceOfSatisfying(Load.Closed.class, closed -> {
            assertThat(closed.pacing()).isEqualTo(Duration.ofSeconds(2));
            assertThat(closed.rateCap()).isEqualTo(40);
        });
    }

    @Test
    void scenarioStartsAfterTheOthersWhereItSaysSo() {
        Definition read = read(CLOSED, "\"startAfter\": \"1m30s\",");

        assertThat(read.problems()).isEmpty();
        assertThat(read.scenarios().getFirst().plan().map(ScenarioPlan::startAfter))
                .contains(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"rate": "0/s", "duration": "1m"}                                     | /rate             | The load has no arrival at any time
            {"rate": "2000000/s", "duration": "1m"}                               | /rate             | `rate`: "2000000/s" is more than the 1000000/s that a test may have
            {"rate": 5, "duration": "1m"}                                         | /rate             | `rate`: 5 has no unit
            {"rate": "5/s"}                                                       | ''                | `duration` is missing
            {"model": "open", "startRate": "5/s", "stages": [{"name": "a", "duration": "1m", "rate": "0/s"}]} | /stages | The load has no arrival at any time
            {"model": "open", "stages": [{"name": "a", "duration": "1m", "users": 5}]} | /stages/0/users | `users` is not known
            {"model": "open", "arrivals": "random", "stages": [{"name": "a", "duration": "1m", "rate": "1/s"}]} | /arrivals | `arrivals`: "random" is not known
            {"model": "open", "maxUsers": 2, "stages": [{"name": "a", "duration": "1m", "rate": "1/s"}]} | /maxUsers | `maxUsers` 2 is too few for 3 executors: each needs one
            {"model": "open", "startRate": "5/s", "stages": [{"name": "a", "duration": "1m", "rate": "9/s"}]} | /startRate | `startRate` has no effect: the first stage is no ramp
            {"model": "closed", "startUsers": 3, "stages": [{"name": "a", "duration": "1m", "users": 5, "shape": "jump"}]} | /startUsers | `startUsers` has no effect: the first stage is no ramp
            {"model": "closed", "rateCap": "0/s", "stages": [{"name": "a", "duration": "1m", "users": 5}]} | /rateCap | `rateCap` must be more than 0
            """)
    void everyMistakeIsNamed(String load, String place, String message) {
        assertThat(read(load, "").problems())
                .anySatisfy(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/scenarios/0/load" + place);
                    assertThat(problem.message()).isEqualTo(message);
                })
                .allSatisfy(problem -> assertThat(problem.pointer()).startsWith("/scenarios/0/load"));
    }

    @Test
    void rateOfAllScenariosTogetherIsHeldAgainstTheLimitAtEveryMoment() {
        String two = scenario("late", OPEN, "\"startAfter\": \"%s\",") + "," + scenario("paced", PACED, "");

        assertThat(problems(two.formatted("2m"), "\"limits\": {\"maxRate\": \"5/s\"},"))
                .isEmpty();
        assertThat(problems(two.formatted("0s"), "\"limits\": {\"maxRate\": \"7.5/s\"},"))
                .isEmpty();
        assertThat(problems(two.formatted("0s"), "\"limits\": {\"maxRate\": \"7.4/s\"},"))
                .containsExactly(problem(
                        "/limits/maxRate", "The load has up to 7.5/s at once, more than `maxRate` 7.4/s", null));
        assertThat(problems(two.formatted("2m"), "\"limits\": {\"maxDuration\": \"3m39s\"},"))
                .containsExactly(
                        problem("/limits/maxDuration", "The load takes 3m40s, longer than `maxDuration` 3m39s", null));
        assertThat(problems(two.formatted("0s"), "\"limits\": {\"maxUsers\": 59},"))
                .containsExactly(problem(
                        "/limits/maxUsers", "The load has up to 60 users at once, more than `maxUsers` 59", null));
    }

    @Test
    void limitOnTheRateOfALoadThatStartsAsOftenAsItCanIsRefused() {
        assertThat(problems(scenario("browse", CLOSED, ""), "\"limits\": {\"maxRate\": \"5/s\"},"))
                .containsExactly(problem(
                        "/limits/maxRate",
                        "`maxRate` cannot be held: how often scenario `browse` starts depends on the target",
                        "Give it an open load, `pacing` or `rateCap`"));
    }

    @Test
    void sentenceAboutLatencyMeansTheIntendedStartWhereThereIsASchedule() {
        assertThat(metrics(OPEN, "\"p95 < 1s\", \"p95 < 1s in steady\""))
                .containsExactly(Metric.LATENCY_INTENDED, Metric.LATENCY_INTENDED);
        assertThat(metrics(PACED, "\"p95 of home < 1s\"")).containsExactly(Metric.LATENCY_INTENDED);
        assertThat(metrics(CLOSED, "\"p95 < 1s\"")).containsExactly(Metric.LATENCY_SERVICE);
        assertThat(metrics(
                        OPEN, "{\"metric\": \"latency.service\", \"stat\": \"p95\", \"op\": \"<\", \"value\": \"1s\"}"))
                .containsExactly(Metric.LATENCY_SERVICE);
    }

    @Test
    void intendedLatencyIsRefusedWhereThereIsNoSchedule() {
        String assertion = "{\"metric\": \"latency.intended\", \"stat\": \"p95\", \"op\": \"<\", \"value\": \"1s\"%s}";
        String both = scenario("arrive", OPEN, "") + "," + scenario("stay", CLOSED, "");

        assertThat(problems(both, "\"assertions\": [%s],".formatted(assertion.formatted(""))))
                .containsExactly(problem(
                        "/assertions/0/metric",
                        "`latency.intended` does not exist in scenario `stay`, which has no schedule",
                        "Use `latency.service`, or name a scenario with open load or `pacing` in `scope`"));
        assertThat(problems(
                        both,
                        "\"assertions\": [%s],"
                                .formatted(assertion.formatted(", \"scope\": {\"scenario\": \"arrive\"}"))))
                .isEmpty();
    }

    @Test
    void droppedArrivalsAreCountedOrSharedInOpenLoadsOnly() {
        assertThat(read(
                                OPEN,
                                "",
                                "\"assertions\": [\"arrivals.dropped < 5\", \"arrivals.dropped < 1%\", \"arrivals.dropped < 1/s\"],")
                        .assertions())
                .extracting(AssertionPlan::metric, AssertionPlan::stat, AssertionPlan::value)
                .containsExactly(
                        tuple(Metric.ARRIVALS_DROPPED, "count", 5.0),
                        tuple(Metric.ARRIVALS_DROPPED, "ratio", 0.01),
                        tuple(Metric.ARRIVALS_DROPPED, "rate", 1.0));
        assertThat(problems(scenario("stay", CLOSED, ""), "\"assertions\": [\"arrivals.dropped < 5\"],"))
                .containsExactly(problem(
                        "/assertions/0", "`arrivals.dropped` exists in open loads only, and this is none", null));
        assertThat(problems(scenario("arrive", OPEN, ""), "\"assertions\": [\"arrivals.dropped of home < 5\"],"))
                .containsExactly(problem(
                        "/assertions/0", "`arrivals.dropped` has no requests: an arrival is a whole iteration", null));
    }

    private static List<Metric> metrics(String load, String assertions) {
        Definition read = read(load, "", "\"assertions\": [%s],".formatted(assertions));
        assertThat(read.problems()).isEmpty();
        return read.assertions().stream().map(AssertionPlan::metric).toList();
    }

    private static Load load(Definition read) {
        return read.scenarios().getFirst().load().orElseThrow();
    }

    private static Problem problem(String pointer, String message, @Nullable String hint) {
        return new Problem(pointer, "value-invalid", message, hint);
    }

    private static Definition read(String load, String ofScenario) {
        return read(load, ofScenario, "\"executors\": {\"count\": 3},");
    }

    private static Definition read(String load, String ofScenario, String ofTest) {
        return definition(scenario("browse", load, ofScenario), ofTest);
    }

    private static List<Problem> problems(String scenarios, String ofTest) {
        return definition(scenarios, ofTest).problems();
    }

    private static String scenario(String name, String load, String more) {
        return "{\"name\": \"%s\", \"tool\": \"any\", %s \"requests\": [{\"name\": \"home\", \"path\": \"/\"}], \"load\": %s}"
                .formatted(name, more, load);
    }

    private static Definition definition(String scenarios, String more) {
        String text = """
                { "version": "loadstar/v1", "name": "smoke", %s
                  "target": {"baseUrl": "http://127.0.0.1:8090"}, "scenarios": [%s] }""".formatted(more, scenarios);
        return DefinitionReader.read(
                text.getBytes(StandardCharsets.UTF_8), Tools.named(Set.of("jmeter")), Overrides.NONE);
    }
}
