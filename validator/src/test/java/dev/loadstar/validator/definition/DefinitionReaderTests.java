package dev.loadstar.validator.definition;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.loadstar.contract.plan.AbortRule;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.AssertionPlan.Metric;
import dev.loadstar.contract.plan.AssertionPlan.OnBreach;
import dev.loadstar.contract.plan.AssertionPlan.OnNoData;
import dev.loadstar.contract.plan.AssertionPlan.Op;
import dev.loadstar.contract.plan.AssertionPlan.Scope;
import dev.loadstar.contract.plan.AssertionPlan.Terms;
import dev.loadstar.contract.plan.AssertionPlan.VsBaseline;
import dev.loadstar.contract.plan.AssertionPlan.Window;
import dev.loadstar.contract.plan.BaselinePlan;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan.OnLoss;
import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class DefinitionReaderTests {

    private static final String GOOD = """
            {
              "version": "loadstar/v1",
              "name": "smoke",
              "target": { "baseUrl": "http://127.0.0.1:8090" },
              "scenarios": [
                {
                  "name": "browse",
                  "tool": "jmeter",
                  "script": { "file": "browse.jmx" },
                  "load": { "users": 20, "rampUp": "5s", "duration": "30s" }
                },
                {
                  "name": "pay",
                  "tool": "jmeter",
                  "script": { "file": "pay.jmx" },
                  "load": {
                    "model": "closed",
                    "stages": [
                      { "name": "up", "duration": "1m", "users": 10, "shape": "ramp", "measure": false },
                      { "name": "steady", "duration": "2m", "users": 10 }
                    ]
                  }
                }
              ],
              "executors": { "count": 2 },
              "assertions": ["p95 < 300ms", "errors < 1%"]
            }
            """;

    /** One mistake and the one problem that it is. */
    private record Mistake(
            String good,
            String bad,
            String pointer,
            String code,
            String message,
            @Nullable String hint) {}

    static Stream<Mistake> mistakes() {
        return Stream.of(
                wrong(
                        "\"rampUp\"",
                        "\"ramp-up\"",
                        "/scenarios/0/load/ramp-up",
                        "key-unknown",
                        "`ramp-up` is not known",
                        "Did you mean `rampUp`?"),
                wrong(
                        "\"stages\": [",
                        "\"hold-for\": \"1m\", \"stages\": [",
                        "/scenarios/1/load/hold-for",
                        "key-unknown",
                        "`hold-for` is not known",
                        "Did you mean a stage's `duration`?"),
                wrong(
                        "\"rampUp\"",
                        "\"concurrency\": 3, \"rampUp\"",
                        "/scenarios/0/load/concurrency",
                        "key-unknown",
                        "`concurrency` is not known",
                        "Did you mean `users`?"),
                wrong(
                        "\"script\": { \"file\": \"pay.jmx\" }",
                        "\"scirpt\": { \"file\": \"pay.jmx\" }",
                        "/scenarios/1/scirpt",
                        "key-unknown",
                        "`scirpt` is not known",
                        "Did you mean `script`?"),
                wrong(
                        "\"name\": \"smoke\",",
                        "\"name\": \"smoke\", \"name\": \"b\",",
                        "/name",
                        "key-duplicate",
                        "`name` stands twice, in line 3 and in line 3",
                        "Remove one of them"),
                wrong("\"name\": \"smoke\",", "", "", "value-invalid", "`name` is missing", null),
                wrong(
                        "loadstar/v1",
                        "loadstar/v2",
                        "/version",
                        "value-invalid",
                        "`version`: \"loadstar/v2\" is not known",
                        "Did you mean \"loadstar/v1\"?"),
                wrong(
                        "\"30s\"",
                        "30",
                        "/scenarios/0/load/duration",
                        "unit-invalid",
                        "`duration`: 30 has no unit",
                        "Write a duration such as 500ms, 90s, 2m or 1h30m"),
                wrong(
                        "\"30s\"",
                        "\"30 sec\"",
                        "/scenarios/0/load/duration",
                        "unit-invalid",
                        "`duration`: \"30 sec\" is not a duration such as 500ms, 90s, 2m or 1h30m",
                        null),
                wrong(
                        "\"30s\"",
                        "\"0s\"",
                        "/scenarios/0/load/duration",
                        "value-invalid",
                        "`duration` must be longer than 0",
                        null),
                wrong(
                        "\"users\": 20",
                        "\"users\": \"20\"",
                        "/scenarios/0/load/users",
                        "value-invalid",
                        "`users` must be a number of users, not the text \"20\"",
                        null),
                wrong(
                        "\"users\": 20",
                        "\"users\": -1",
                        "/scenarios/0/load/users",
                        "value-invalid",
                        "`users` must be at least 0",
                        null),
                wrong(
                        "\"users\": 20",
                        "\"users\": 0",
                        "/scenarios/0/load/users",
                        "value-invalid",
                        "The load has no user at any time",
                        null),
                wrong(
                        "\"users\": 20",
                        "\"users\": null",
                        "/scenarios/0/load/users",
                        "value-invalid",
                        "`users` must be a number of users, not null",
                        null),
                wrong(
                        "\"ramp\"",
                        "\"ram\"",
                        "/scenarios/1/load/stages/0/shape",
                        "value-invalid",
                        "`shape`: \"ram\" is not known",
                        "Did you mean \"ramp\"?"),
                wrong(
                        "\"steady\"",
                        "\"up\"",
                        "/scenarios/1/load/stages/1/name",
                        "value-invalid",
                        "Two stages are named `up`",
                        null),
                wrong(
                        "\"pay\"",
                        "\"browse\"",
                        "/scenarios/1/name",
                        "value-invalid",
                        "Two scenarios are named `browse`",
                        null),
                wrong(
                        "\"closed\"",
                        "\"clsed\"",
                        "/scenarios/1/load/model",
                        "value-invalid",
                        "`model`: \"clsed\" is not known",
                        "Did you mean \"closed\"?"),
                wrong("\"model\": \"closed\",", "", "/scenarios/1/load", "value-invalid", "`model` is missing", null),
                wrong(
                        "\"users\": 20, \"rampUp\": \"5s\", \"duration\": \"30s\"",
                        "\"model\": \"fromScript\"",
                        "/scenarios/0/load/model",
                        "value-invalid",
                        "`fromScript` needs `script.loadFrom: script`",
                        null),
                wrong(
                        "\"pay.jmx\"",
                        "\"pay.jmx\", \"loadFrom\": \"script\"",
                        "/scenarios/1/load",
                        "value-invalid",
                        "The load is decided twice: `script.loadFrom` is `script`, and `load` is not `fromScript`",
                        null),
                wrong(
                        "\"tool\": \"jmeter\",\n      \"script\": { \"file\": \"pay",
                        "\"tool\": \"jmetre\",\n      \"script\": { \"file\": \"pay",
                        "/scenarios/1/tool",
                        "tool-unknown",
                        "There is no executor for `jmetre`",
                        "Did you mean `jmeter`?"),
                wrong(
                        "\"count\": 2",
                        "\"count\": 1",
                        "/executors/count",
                        "value-invalid",
                        "1 executors are too few for 2 scenarios: each needs one",
                        null),
                wrong(
                        "\"count\": 2",
                        "\"count\": \"two\"",
                        "/executors/count",
                        "value-invalid",
                        "`count`: \"two\" is not known",
                        "Write a whole number or \"auto\""),
                wrong(
                        "http://127",
                        "127",
                        "/target/baseUrl",
                        "value-invalid",
                        "`baseUrl`: \"127.0.0.1:8090\" is not an address such as https://shop.example.org",
                        null),
                wrong(
                        "p95 < 300ms",
                        "p95 < 300",
                        "/assertions/0",
                        "unit-invalid",
                        "\"300\" is not a duration such as 300ms",
                        null),
                wrong(
                        "p95 < 300ms",
                        "p95 in steddy < 300ms",
                        "/assertions/0",
                        "value-invalid",
                        "\"p95 in steddy < 300ms\" cannot be read as an assertion",
                        "Such as \"p95 < 300ms\", \"p99 of 'add to cart' <= 800ms in hold\", \"errors < 1%\", \"requests >= 1000\""),
                wrong(
                        "p95 < 300ms",
                        "p95 < 300ms in steddy",
                        "/assertions/0",
                        "value-invalid",
                        "There is no stage named `steddy`",
                        "Did you mean `steady`?"),
                wrong(
                        "errors <",
                        "erors <",
                        "/assertions/1",
                        "value-invalid",
                        "`erors` is not measured",
                        "Did you mean `errors`?"),
                wrong(
                        "errors < 1%",
                        "requests > 1%",
                        "/assertions/1",
                        "unit-invalid",
                        "\"1%\" is not a number such as 1000 or a rate such as 100/s",
                        null),
                wrong(
                        "\"errors < 1%\"",
                        "{\"metric\": \"errors\", \"op\": \"<\", \"value\": \"1%\", \"scope\": {\"scenario\": \"bowse\"}}",
                        "/assertions/1/scope/scenario",
                        "value-invalid",
                        "There is no scenario named `bowse`",
                        "Did you mean `browse`?"),
                wrong(
                        "\"errors < 1%\"",
                        "{\"metric\": \"latency.service\", \"op\": \"<\", \"value\": \"1s\"}",
                        "/assertions/1",
                        "value-invalid",
                        "`latency.service` needs a `stat` such as p95 or avg",
                        null),
                wrong(
                        "\"errors < 1%\"",
                        "3",
                        "/assertions/1",
                        "value-invalid",
                        "`assertions[1]` must be a sentence or an object, not 3",
                        null),
                wrong(
                        "\"errors < 1%\"",
                        "\"checks > 1%\"",
                        "/assertions/1",
                        "not-supported-yet",
                        "`checks` is not supported yet",
                        "What works: latency.service, latency.intended, connect, ttfb, errors, requests, bytes.received, load.delivered, arrivals.dropped, generator.cpu"),
                wrong(
                        "\"errors < 1%\"",
                        "\"ttfb < 1s\"",
                        "/assertions/1",
                        "value-invalid",
                        "`ttfb` needs a `stat` such as p95 or avg",
                        null),
                wrong(
                        "\"errors < 1%\"",
                        "{\"metric\": \"errors\", \"op\": \"<\", \"value\": \"1%\", \"warnValue\": \"2%\"}",
                        "/assertions/1/warnValue",
                        "value-invalid",
                        "`warnValue` must be stricter than `value`, on its side of `<`",
                        null),
                wrong(
                        "\"errors < 1%\"",
                        "{\"metric\": \"errors\", \"op\": \"<\", \"value\": \"1%\", \"window\": {\"every\": \"1500ms\"}}",
                        "/assertions/1/window/every",
                        "value-invalid",
                        "`every` must be whole seconds, at least 1s",
                        null),
                wrong(
                        "\"errors < 1%\"",
                        "{\"metric\": \"load.delivered\", \"op\": \">\", \"value\": \"1%\", \"window\": {\"every\": \"5s\"}}",
                        "/assertions/1/window",
                        "not-supported-yet",
                        "`window` of `load.delivered` is not supported yet",
                        null),
                wrong(
                        "\"errors < 1%\"",
                        "{\"metric\": \"errors\", \"op\": \"<\", \"value\": \"1%\", \"scope\": {\"executor\": 1}}",
                        "/assertions/1/scope/executor",
                        "not-supported-yet",
                        "`executor`, except of `generator.cpu`, is not supported yet",
                        "What is measured is kept merged over executors"),
                wrong(
                        "\"errors < 1%\"",
                        "{\"metric\": \"generator.cpu\", \"op\": \"<\", \"value\": \"80%\", \"scope\": {\"executor\": 3}}",
                        "/assertions/1/scope/executor",
                        "value-invalid",
                        "There is no executor 3: there are 2",
                        null),
                wrong(
                        "\"errors < 1%\"",
                        "{\"metric\": \"requests\", \"op\": \"<\", \"value\": 5, \"scope\": {\"status\": 503}}",
                        "/assertions/1/scope/status",
                        "not-supported-yet",
                        "`status`, except of `errors` from 400 on, is not supported yet",
                        "The status of a response is kept only with its error"),
                wrong(
                        "\"errors < 1%\"",
                        "{\"metric\": \"errors\", \"op\": \"<\", \"value\": 5, \"scope\": {\"status\": \"5x\"}}",
                        "/assertions/1/scope/status",
                        "value-invalid",
                        "`status`: \"5x\" is not a status such as 503 or 5xx",
                        null),
                wrong(
                        "\"executors\"",
                        "\"abort\": [{\"when\": \"erors > 1%\"}], \"executors\"",
                        "/abort/0/when",
                        "value-invalid",
                        "`erors` is not measured",
                        "Did you mean `errors`?"),
                wrong(
                        "\"executors\"",
                        "\"abort\": [{\"when\": \"errors > 1%\", \"for\": \"500ms\"}], \"executors\"",
                        "/abort/0/for",
                        "value-invalid",
                        "`for` must be whole seconds, from 1s to 5m",
                        null),
                wrong(
                        "\"executors\"",
                        "\"abort\": [{\"when\": \"load.delivered < 50%\"}], \"executors\"",
                        "/abort/0/when",
                        "not-supported-yet",
                        "A rule on `load.delivered` is not supported yet",
                        null),
                wrong(
                        "\"executors\"",
                        "\"limits\": {\"maxDuration\": \"2m\"}, \"executors\"",
                        "/limits/maxDuration",
                        "value-invalid",
                        "The load takes 3m, longer than `maxDuration` 2m",
                        null),
                wrong(
                        "\"executors\"",
                        "\"limits\": {\"maxUsers\": 29}, \"executors\"",
                        "/limits/maxUsers",
                        "value-invalid",
                        "The load has up to 30 users at once, more than `maxUsers` 29",
                        null));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void everyMistakeIsOneProblem(Mistake mistake) {
        String text = GOOD.replace(mistake.good(), mistake.bad());
        // In GOOD the users of both scenarios overlap for 35 s, in which the second ramps up.
        if (mistake.pointer().equals("/limits/maxUsers")) {
            text = text.replace("\"30s\"", "\"3m\"");
        }

        assertThat(text).isNotEqualTo(GOOD);
        assertThat(read(text).problems())
                .containsExactly(new Problem(mistake.pointer(), mistake.code(), mistake.message(), mistake.hint()));
    }

    @Test
    void goodDefinitionHasNoProblem() {
        assertThat(read(GOOD).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\": 1,}",
                "{\"a\": 1} x",
                "[1, 2",
                "{'a': 1}",
                "{\"a\": NaN}",
                "// c\n{}",
                "{\"a\": \"\u0001\"}"
            })
    void brokenJsonIsOneProblemOfTheWholeFile(String text) {
        assertThat(read(text).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEmpty();
            assertThat(problem.code()).isEqualTo("definition-not-json");
            assertThat(problem.message()).doesNotContain("Source", "StreamReadFeature");
        });
    }

    @Test
    void brokenJsonSaysWhere() {
        assertThat(read("{\n  \"version\" \"loadstar/v1\"\n}")
                        .problems()
                        .getFirst()
                        .message())
                .startsWith("Line 2, column 1")
                .contains("was expecting a colon");
    }

    @Test
    void deepNestingIsRefusedNotFollowed() {
        assertThat(read("[".repeat(100_000)).problems())
                .extracting(Problem::code)
                .containsExactly("definition-not-json");
    }

    @Test
    void definitionOverAMebibyteIsNotRead() {
        assertThat(DefinitionReader.read(new byte[DefinitionReader.LARGEST + 1], Tools.named(Set.of()), Overrides.NONE)
                        .problems())
                .extracting(Problem::code)
                .containsExactly("definition-too-large");
    }

    @Test
    void definitionThatIsNoObjectIsOneProblem() {
        assertThat(read("[]").problems())
                .extracting(Problem::pointer, Problem::code)
                .containsExactly(tuple("", "value-invalid"));
    }

    @Test
    void exampleIsRefusedOnlyForWhatIsNotBuiltYet() throws IOException {
        Definition example =
                DefinitionReader.read(resource("example.json"), Tools.named(Set.of("jmeter")), Overrides.NONE);

        assertThat(example.problems()).extracting(Problem::code).containsOnly("not-supported-yet");
        assertThat(example.problems())
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder(
                        "/executors/launcher",
                        "/executors/count",
                        "/executors/pools",
                        "/executors/resources",
                        "/notifications");
    }

    @Test
    void queriesToPrometheusAreReadWithTheirDefaults() {
        String monitoring = """
                "monitoring": {"prometheus": [{"name": "staging", "server": "main", "queries": [
                  {"id": "cpu", "promql": "max(load1)"},
                  {"id": "busy", "promql": "max(busy)", "unit": "perSecond", "step": "1m"}]}]}, "target":""";

        assertThat(read(GOOD.replace("\"target\":", monitoring)).queries())
                .containsExactly(
                        new TargetQuery(
                                "cpu", "staging", "main", "max(load1)", TargetQuery.Unit.COUNT, Duration.ofSeconds(15)),
                        new TargetQuery(
                                "busy",
                                "staging",
                                "main",
                                "max(busy)",
                                TargetQuery.Unit.PER_SECOND,
                                Duration.ofMinutes(1)));
        String wrong = monitoring.replace("\"busy\",", "\"cpu\",").replace("1m", "1500ms");
        assertThat(read(GOOD.replace("\"target\":", wrong)).problems())
                .extracting(Problem::pointer, Problem::message)
                .containsExactly(
                        tuple("/monitoring/prometheus/0/queries/1/id", "Two queries have the id `cpu`"),
                        tuple("/monitoring/prometheus/0/queries/1/step", "`step` is whole seconds, from 1s to 1h"));
    }

    @Test
    void whatAPrometheusTellsIsAMetricInTheUnitOfItsQuery() {
        String asked = GOOD.replace("\"target\":", """
                        "monitoring": {"prometheus": [{"name": "staging", "server": "main", "queries": [
                          {"id": "cpu", "promql": "max(load1)", "unit": "percent"},
                          {"id": "gc", "promql": "max(gc)", "unit": "seconds"}]}]}, "target":""").replace("\"assertions\": [", """
                        "assertions": [
                          "max prometheus.cpu < 80%",
                          {"metric": "prometheus.gc", "stat": "last", "op": "<=", "value": "300ms"},""");

        assertThat(read(asked).assertions())
                .extracting(
                        AssertionPlan::metric,
                        AssertionPlan::stat,
                        one -> one.scope().query(),
                        AssertionPlan::value)
                .startsWith(tuple(Metric.PROMETHEUS, "max", "cpu", 80.0), tuple(Metric.PROMETHEUS, "last", "gc", 0.3));

        String wrong =
                asked.replace("max prometheus.cpu", "max prometheus.cpus").replace("\"300ms\"", "\"3%\"");
        assertThat(read(wrong).problems())
                .extracting(Problem::pointer, Problem::message, Problem::hint)
                .containsExactly(
                        tuple(
                                "/assertions/0",
                                "There is no query `cpus` in `monitoring.prometheus`",
                                "There are: cpu, gc"),
                        tuple("/assertions/1/value", "\"3%\" is not a duration such as 300ms", null));
    }

    @Test
    void baselineSelectsByTheLabelsThatStandInTheDefinition() {
        String text = GOOD.replace("\"executors\"", """
                "labels": { "env": "staging", "team": "pay" },
                "baseline": { "use": "branch", "branch": "main", "runs": 7 },
                "executors\"""").replace("\"errors < 1%\"", """
                { "metric": "latency.service", "stat": "p95", "op": "<=",
                  "vsBaseline": { "changeMax": "+10%", "atLeast": "15ms" } },
                { "metric": "requests", "op": ">=", "vsBaseline": { "changeMax": "-5%" } }""");
        var given = new Overrides(Map.of("env", "production", "build", "718"), null, Map.of());

        Definition read =
                DefinitionReader.read(text.getBytes(StandardCharsets.UTF_8), Tools.named(Set.of("jmeter")), given);

        assertThat(read.problems()).isEmpty();
        assertThat(read.baseline())
                .isEqualTo(new BaselinePlan(
                        BaselinePlan.Use.BRANCH,
                        7,
                        BaselinePlan.IfMissing.SKIP,
                        "main",
                        Map.of("env", "production", "team", "pay"),
                        null));
        assertThat(read.assertions())
                .extracting(AssertionPlan::text, assertion -> assertion.terms().vsBaseline())
                .contains(
                        tuple("p95 <= baseline +10% (15ms)", new VsBaseline(0.1, 15)),
                        tuple("requests >= baseline -5%", new VsBaseline(-0.05, 0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"use\": \"lastPassed\" } | { \"changeMax\": \"-10%\" } | /assertions/0/vsBaseline/changeMax",
                "{ \"use\": \"lastPassed\" } | { \"changeMax\": \"10\" } | /assertions/0/vsBaseline/changeMax",
                "{ \"use\": \"lastPassed\" } | { \"changeMax\": \"10%\", \"atLeast\": \"5%\" } | /assertions/0/vsBaseline/atLeast",
                "{ \"use\": \"pinned\", \"branch\": \"main\" } | { \"changeMax\": \"10%\" } | /baseline/branch",
                "null | { \"changeMax\": \"10%\" } | /baseline",
            })
    void badBaselineIsNamedWithItsPlace(String baseline, String vsBaseline, String pointer) {
        String text = GOOD.replace("\"executors\"", "\"baseline\": " + baseline + ", \"executors\"")
                .replace(
                        "\"p95 < 300ms\"",
                        "{ \"metric\": \"latency.service\", \"stat\": \"p95\", \"op\": \"<=\", \"vsBaseline\": "
                                + vsBaseline + " }");

        assertThat(read(text).problems()).extracting(Problem::pointer).contains(pointer);
    }

    @Test
    void comparisonNeedsABaseline() {
        String text = GOOD.replace("\"p95 < 300ms\"", """
                { "metric": "latency.service", "stat": "p95", "op": "<=", "vsBaseline": { "changeMax": "+10%" } }""");

        assertThat(read(text).problems()).extracting(Problem::pointer).containsExactly("/assertions/0/vsBaseline");
    }

    @Test
    void shortExampleIsTakenAsItStands() throws IOException {
        Definition read = DefinitionReader.read(resource("short.json"), Tools.named(Set.of("jmeter")), Overrides.NONE);

        assertThat(read.problems()).isEmpty();
        assertThat(read.scenarios().getFirst().requests())
                .map(requests -> requests.list().stream()
                        .map(request -> request.name() + ": " + request.method() + " " + request.path())
                        .toList())
                .contains(List.of("home: GET /", "products: GET /api/products"));
    }

    @Test
    void shortFormBecomesARampThatIsNotMeasuredAndAHold() {
        assertThat(read(GOOD).scenarios().getFirst().load())
                .contains(new Load.Closed(
                        0,
                        List.of(
                                new Load.Stage("ramp", Duration.ofSeconds(5), 20, Load.Shape.RAMP, false),
                                new Load.Stage("hold", Duration.ofSeconds(30), 20, Load.Shape.HOLD, true)),
                        Duration.ofSeconds(30)));
        assertThat(read(GOOD.replace("\"rampUp\": \"5s\", ", ""))
                        .scenarios()
                        .getFirst()
                        .stages())
                .containsExactly("hold");
    }

    @Test
    void loadOfTheScriptNeedsNoLoad() {
        String text = GOOD.replace("\"browse.jmx\" },", "\"browse.jmx\", \"loadFrom\": \"script\" }")
                .replace("\"load\": { \"users\": 20, \"rampUp\": \"5s\", \"duration\": \"30s\" }", "");

        assertThat(read(text).problems()).isEmpty();
        assertThat(read(text).scenarios().getFirst().load()).contains(new Load.FromScript(Duration.ofSeconds(30)));
    }

    @Test
    void redistributionIsTakenWhereItCanBeExact() {
        String redistribute = GOOD.replace("{ \"count\": 2 }", "{ \"count\": 4, \"onLoss\": \"redistribute\" }");
        assertThat(read(redistribute).problems()).isEmpty();
        assertThat(read(redistribute).executors().onLoss()).isEqualTo(OnLoss.REDISTRIBUTE);

        String iterations = redistribute.replace(
                "{ \"users\": 20, \"rampUp\": \"5s\", \"duration\": \"30s\" }",
                "{ \"model\": \"iterations\", \"users\": 2, \"iterations\": 10, \"maxDuration\": \"1m\" }");
        assertRedistributionRefused(
                iterations, "how many iterations a lost executor of `browse` had done is not known");

        String script = redistribute
                .replace("\"browse.jmx\" },", "\"browse.jmx\", \"loadFrom\": \"script\" }")
                .replace("\"load\": { \"users\": 20, \"rampUp\": \"5s\", \"duration\": \"30s\" }", "");
        assertRedistributionRefused(script, "the script of `browse` decides its own load");

        String unique = redistribute
                .replace("\"scenarios\":", """
                        "data": [{ "name": "users", "file": "users.csv", "share": "unique" }], "scenarios":""")
                .replace("\"browse.jmx\" },", "\"browse.jmx\" }, \"data\": [\"users\"],");
        assertRedistributionRefused(
                unique, "each executor has its own rows of `users`, which the script of `browse` reads");
    }

    private static void assertRedistributionRefused(String text, String why) {
        assertThat(read(text).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/executors/onLoss");
            assertThat(problem.message()).isEqualTo("`redistribute` cannot be exact here: " + why);
        });
    }

    @Test
    void defaultsAreThoseOfTheSchema() {
        Definition read = read(GOOD.replace("\"executors\": { \"count\": 2 },", ""));

        assertThat(read.executors().count()).isEqualTo(2);
        assertThat(read.executors().readyTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(read.executors().maxSkew()).isEqualTo(Duration.ofMillis(250));
        assertThat(read.executors().onLoss()).isEqualTo(OnLoss.CONTINUE);
        assertThat(read.validity()).isEqualTo(Validity.DEFAULT);
    }

    @Test
    void validityAndStartAreTaken() {
        String text = GOOD.replace("{ \"count\": 2 }", """
                { "count": 4, "startSync": { "readyTimeout": "3m", "maxSkew": "100ms" }, "onLoss": "abort" },
                "validity": { "minLoadDelivered": "98%", "maxGeneratorCpu": "80%", "maxStartSkew": "50ms",
                              "maxSamplesLost": "0%", "minSamples": 1000, "retry": true }""");

        assertThat(read(text).problems()).isEmpty();
        assertThat(read(text).executors().onLoss()).isEqualTo(OnLoss.ABORT);
        assertThat(read(text).executors().maxSkew()).isEqualTo(Duration.ofMillis(100));
        assertThat(read(text).validity()).isEqualTo(new Validity(0.98, 0.8, Duration.ofMillis(50), 0, 1000, true));
    }

    @Test
    void assertionsHaveOneMeaningInBothForms() {
        String text = GOOD.replace("[\"p95 < 300ms\", \"errors < 1%\"]", """
                [
                  "p99.9 of 'add to cart' <= 1.5s in steady",
                  "errors<5",
                  "requests >= 100/s",
                  { "id": "errors-5", "metric": "errors", "op": "<", "value": "1%", "scope": { "scenario": "pay", "stage": "up" } },
                  "errors < 0.5%",
                  { "metric": "latency.service", "stat": "avg", "op": ">", "value": "10ms", "scope": { "request": "it's" } }
                ]""");

        assertThat(read(text).problems()).isEmpty();
        assertThat(read(text).assertions())
                .containsExactly(
                        assertion(
                                "p99.9-1",
                                "p99.9 of 'add to cart' <= 1.5s in steady",
                                Metric.LATENCY_SERVICE,
                                "p99.9",
                                new Scope(null, "add to cart", "steady"),
                                Op.LE,
                                1500,
                                0),
                        assertion("errors-2", "errors < 5", Metric.ERRORS, "count", Scope.ALL, Op.LT, 5, 1),
                        assertion("requests-3", "requests >= 100/s", Metric.REQUESTS, "rate", Scope.ALL, Op.GE, 100, 2),
                        assertion(
                                "errors-5",
                                "errors < 1% in up (scenario pay)",
                                Metric.ERRORS,
                                "ratio",
                                new Scope("pay", null, "up"),
                                Op.LT,
                                0.01,
                                3),
                        assertion("errors-5x", "errors < 0.5%", Metric.ERRORS, "ratio", Scope.ALL, Op.LT, 0.005, 4),
                        assertion(
                                "avg-6",
                                "avg of 'it''s' > 10ms",
                                Metric.LATENCY_SERVICE,
                                "avg",
                                new Scope(null, "it's", null),
                                Op.GT,
                                10,
                                5));
    }

    @Test
    void metricsHaveTheirStatisticsInBothForms() {
        String text = GOOD.replace("[\"p95 < 300ms\", \"errors < 1%\"]", """
                [
                  "p99 ttfb of home < 100ms",
                  "generator.cpu < 80%",
                  "rate errors < 1/s",
                  { "metric": "generator.cpu", "stat": "last", "op": "<", "value": "80%", "scope": { "executor": 2 } },
                  { "metric": "errors", "op": "<", "value": 3, "scope": { "status": 503 } }
                ]""");

        assertThat(read(text).problems()).isEmpty();
        assertThat(read(text).assertions())
                .extracting(AssertionPlan::id, AssertionPlan::text, AssertionPlan::metric, AssertionPlan::stat)
                .containsExactly(
                        tuple("ttfb-1", "p99 ttfb of 'home' < 100ms", Metric.TTFB, "p99"),
                        tuple("cpu-2", "generator.cpu < 80%", Metric.GENERATOR_CPU, "max"),
                        tuple("errors-3", "rate errors < 1/s", Metric.ERRORS, "rate"),
                        tuple("cpu-4", "last generator.cpu < 80% (executor 2)", Metric.GENERATOR_CPU, "last"),
                        tuple("errors-5", "errors < 3 (status 503)", Metric.ERRORS, "count"));
    }

    @Test
    void termsSayHowAnAssertionIsJudgedAndWhatFollows() {
        String text = GOOD.replace("\"errors < 1%\"", """
                { "metric": "latency.service", "stat": "p95", "op": "<=", "value": "300ms", "warnValue": "250ms",
                  "window": { "every": "10s", "holdFor": "99%" }, "onBreach": "record", "onNoData": "pass" }""");

        assertThat(read(text).problems()).isEmpty();
        var assertion = read(text).assertions().getLast();
        assertThat(assertion.terms())
                .isEqualTo(new Terms(250.0, new Window(Duration.ofSeconds(10), 0.99), OnBreach.RECORD, OnNoData.PASS));
        assertThat(assertion.text()).isEqualTo("p95 <= 300ms, in 99% of windows of 10s");
        assertThat(read(GOOD).assertions().getFirst().terms()).isEqualTo(Terms.USUAL);
    }

    @Test
    void rulesStopARun() {
        String text = GOOD.replace("\"executors\"", """
                "abort": [
                  { "id": "meltdown", "when": "errors > 50%", "for": "30s", "after": "1m", "verdict": "aborted" },
                  { "when": "p95 of home > 5s in steady" }
                ],
                "executors\"""");

        assertThat(read(text).problems()).isEmpty();
        assertThat(read(text).abort())
                .extracting(
                        AbortRule::id,
                        rule -> rule.when().text(),
                        AbortRule::span,
                        AbortRule::after,
                        AbortRule::verdict)
                .containsExactly(
                        tuple(
                                "meltdown",
                                "errors > 50%",
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(1),
                                AbortRule.Outcome.ABORTED),
                        tuple(
                                "rule-2",
                                "p95 of 'home' > 5s in steady",
                                Duration.ofSeconds(10),
                                Duration.ZERO,
                                AbortRule.Outcome.FAILED));
    }

    private static AssertionPlan assertion(
            String id, String text, Metric metric, String stat, Scope scope, Op op, double value, int index) {
        return new AssertionPlan(id, text, metric, stat, scope, op, value, "/assertions/" + index);
    }

    private static Mistake wrong(
            String good, String bad, String pointer, String code, String message, @Nullable String hint) {
        return new Mistake(good, bad, pointer, code, message, hint);
    }

    private static Definition read(String text) {
        return DefinitionReader.read(
                text.getBytes(StandardCharsets.UTF_8), Tools.named(Set.of("jmeter")), Overrides.NONE);
    }

    private static byte[] resource(String name) throws IOException {
        try (var file = DefinitionReaderTests.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException("not found: " + name);
            }
            return file.readAllBytes();
        }
    }
}
