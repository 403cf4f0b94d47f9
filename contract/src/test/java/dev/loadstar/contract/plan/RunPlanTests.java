package dev.loadstar.contract.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.Load.Shape;
import dev.loadstar.contract.plan.Load.Stage;
import dev.loadstar.contract.plan.ScenarioPlan.Script;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunPlanTests {

    @Test
    void planReadsBackFromItsJsonAsItWasWritten() {
        RunPlan plan = plan(3, closed("browse"), fromScript("pay"));

        assertThat(Json.read(Json.write(plan), RunPlan.class)).isEqualTo(plan);
    }

    @Test
    void executorsAreSpreadOverTheScenariosAndNumberedThrough() {
        List<Shard> shards = plan(3, closed("browse"), fromScript("pay")).shards();

        assertThat(shards).extracting(Shard::executor).containsExactly(1, 2, 3);
        assertThat(shards)
                .extracting(shard -> shard.scenario().name() + " " + shard.index() + "/" + shard.of())
                .containsExactly("browse 0/2", "browse 1/2", "pay 0/1");
    }

    @Test
    void lengthIsThatOfTheLongestScenario() {
        assertThat(plan(1, closed("browse")).plannedDuration()).isEqualTo(Duration.ofSeconds(35));
    }

    @Test
    void lengthIsUnknownWhereAScriptDecides() {
        assertThat(plan(2, closed("browse"), fromScript("pay")).plannedDuration())
                .isNull();
    }

    @Test
    void hostsAreAllowedHoweverTheyAreWritten() {
        var target =
                new RunPlan.Target("http://shop.example.org", List.of("Shop.example.org", "*.eu.example.org", "[::1]"));

        assertThat(List.of("shop.example.ORG", "a.b.eu.example.org", "::1", "[0:0:0:0:0:0:0:1]"))
                .allMatch(target::allows);
        assertThat(List.of("example.org", "eu.example.org", "shop.example.org.evil", "[::2]", "a:b"))
                .noneMatch(target::allows);
    }

    private static ScenarioPlan closed(String name) {
        var load = new Load.Closed(
                0,
                List.of(
                        new Stage("ramp", Duration.ofSeconds(5), 20, Shape.RAMP, false),
                        new Stage("hold", Duration.ofSeconds(30), 20, Shape.HOLD, true)),
                Duration.ofSeconds(30));
        return new ScenarioPlan(name, "jmeter", Duration.ZERO, new Script("a.jmx", Map.of("k", "v")), load, List.of());
    }

    private static ScenarioPlan fromScript(String name) {
        return new ScenarioPlan(
                name,
                "jmeter",
                Duration.ZERO,
                new Script("b.jmx", Map.of()),
                new Load.FromScript(Duration.ofSeconds(30)),
                List.of());
    }

    private static RunPlan plan(int executors, ScenarioPlan... scenarios) {
        return new RunPlan(
                "checkout",
                null,
                Map.of("env", "staging"),
                new RunPlan.Source("https://git.example.org/shop.git", "main", "9f2c0e6", "loadstar.json"),
                "sha256:" + "0".repeat(64),
                List.of(new BundleFile("a.jmx", "sha256:" + "1".repeat(64), 12, false)),
                new RunPlan.Target("http://127.0.0.1:8090", List.of("127.0.0.1")),
                List.of(scenarios),
                new RunPlan.ExecutorsPlan(
                        executors, Duration.ofMinutes(3), Duration.ofMillis(250), RunPlan.OnLoss.CONTINUE),
                List.of(new AssertionPlan(
                        "p95-1",
                        "p95 < 300ms",
                        AssertionPlan.Metric.LATENCY_SERVICE,
                        "p95",
                        AssertionPlan.Scope.ALL,
                        AssertionPlan.Op.LT,
                        300,
                        "/assertions/0")),
                Validity.DEFAULT,
                Inputs.NONE);
    }
}
