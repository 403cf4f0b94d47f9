package dev.loadstar.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.loadstar.contract.json.Json;
import dev.loadstar.contract.plan.AssertionPlan;
import dev.loadstar.contract.plan.Inputs;
import dev.loadstar.contract.plan.Load;
import dev.loadstar.contract.plan.RunPlan;
import dev.loadstar.contract.plan.ScenarioPlan;
import dev.loadstar.contract.plan.TargetQuery;
import dev.loadstar.contract.plan.Validity;
import dev.loadstar.contract.problem.ErrorCode;
import dev.loadstar.contract.run.RunDocument;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Runs and plans for pages to show: the result document of the definition's page, and changes to it. */
final class Samples {

    private Samples() {}

    static ObjectNode finishedJson() {
        try {
            String text = new ClassPathResource("run.json").getContentAsString(StandardCharsets.UTF_8);
            return (ObjectNode) Json.mapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode liveJson() {
        ObjectNode json = finishedJson();
        json.put("status", "RUNNING").put("number", 43).remove(List.of("verdict", "endReason", "reason"));
        ((ObjectNode) json.path("times")).remove(List.of("loadEnded", "finished"));
        return json;
    }

    static ObjectNode refusedJson() {
        ObjectNode json = finishedJson();
        json.put("endReason", "REFUSED").put("number", 41).remove(List.of("verdict", "summary", "reason"));
        json.putArray("problems")
                .addObject()
                .put("pointer", "/scenarios/1/script/file")
                .put("code", ErrorCode.SCRIPT_MISSING.slug())
                .put("message", "jmeter/pay.jmx is not in the repository")
                .put("hint", "jmeter/payment.jmx is");
        return json;
    }

    /** Waits for another one. */
    static ObjectNode queuedJson() {
        ObjectNode json = finishedJson();
        json.put("status", "QUEUED")
                .put("number", 44)
                .put("reason", "waits for run 43, which loads 127.0.0.1")
                .remove(List.of(
                        "verdict", "endReason", "summary", "labels", "errors", "stages", "executors", "ledger"));
        json.putObject("times").put("submitted", "2026-11-20T10:00:00Z");
        return json;
    }

    /** A hundred labels with long names, of every kind, and an executor that died. */
    static ObjectNode crowdedJson() {
        ObjectNode json = finishedJson();
        json.put("number", 45)
                .put("verdict", "INVALID")
                .put("wouldBe", "PASSED")
                .put("reason", "executor 2 was lost");
        var labels = (ArrayNode) json.path("labels");
        for (int i = 0; i < 98; i++) {
            labels.add(labels.get(0).deepCopy());
            ((ObjectNode) labels.get(i + 2))
                    .put(
                            "label",
                            "GET /api/v1/tenants/a-rather-long-tenant-name/orders/%d/items?page=1&size=50".formatted(i))
                    .put("kind", i % 10 == 0 ? "transaction" : i % 10 == 1 ? "part" : "request");
        }
        var lost = (ObjectNode) json.path("executors").get(1);
        lost.put("status", "LOST").put("exitCode", 137);
        lost.putArray("logTail").add("java.lang.OutOfMemoryError: Java heap space");
        return json;
    }

    /** Of a load that is open, and that the target did not keep up with. */
    static ObjectNode openJson() {
        ObjectNode json = finishedJson();
        json.put("number", 47).put("verdict", "FAILED").put("reason", "1 of 2 assertions does not hold");
        var summary = (ObjectNode) json.path("summary");
        summary.put("loadDelivered", 0.9533);
        var latency = (ObjectNode) summary.path("latencyMs").deepCopy();
        latency.put("p95", 44.512).put("p99", 140.5).put("measuredUpTo", 95.9);
        summary.set("intendedLatencyMs", latency);
        summary.set("arrivals", arrivals(900, 858, 40, 2));
        json.path("labels").forEach(label -> ((ObjectNode) label).set("intendedLatencyMs", latency.deepCopy()));
        var assertion = (ObjectNode) json.path("assertions").get(0);
        assertion
                .put("text", "p99 < 300ms")
                .put("status", "FAILED")
                .put("value", 140.5)
                .put("detail", "it lies among arrivals that were dropped")
                .put("aboveMax", true);
        var stage = (ObjectNode) json.path("stages").get(0);
        stage.putNull("plannedUsers").put("plannedRate", 30).put("loadDelivered", 0.9533);
        stage.set("arrivals", arrivals(900, 858, 40, 2));
        return json;
    }

    private static ObjectNode arrivals(long planned, long begun, long dropped, long late) {
        return Json.mapper()
                .createObjectNode()
                .put("planned", planned)
                .put("begun", begun)
                .put("dropped", dropped)
                .put("late", late);
    }

    static RunDocument run(ObjectNode json) {
        for (String list : List.of("labels", "errors", "assertions", "stages", "executors", "problems", "warnings")) {
            if (!json.has(list)) {
                json.putArray(list);
            }
        }
        json.path("executors")
                .forEach(executor ->
                        putIfAbsent(executor, "logTail", Json.mapper().createArrayNode()));
        json.path("labels").forEach(label -> putIfAbsent(label, "kind", StringNode.valueOf("request")));
        json.path("errors").forEach(error -> putIfAbsent(error, "sampleKind", StringNode.valueOf("request")));
        json.path("stages").forEach(stage -> ((ObjectNode) stage).put("measured", true));
        return Json.mapper().treeToValue(json, RunDocument.class);
    }

    private static void putIfAbsent(JsonNode object, String key, JsonNode value) {
        if (!object.has(key)) {
            ((ObjectNode) object).set(key, value);
        }
    }

    static RunPlan plan() {
        var stages = List.of(
                new Load.Stage("warm-up", Duration.ofSeconds(5), 20, Load.Shape.RAMP, false),
                new Load.Stage("hold", Duration.ofSeconds(25), 20, Load.Shape.HOLD, true));
        return plan(new Load.Closed(0, stages, Duration.ofSeconds(5)));
    }

    static RunPlan openPlan() {
        var stages = List.of(
                new Load.RateStage("warm-up", Duration.ofSeconds(5), 36, Load.Shape.RAMP, false),
                new Load.RateStage("hold", Duration.ofSeconds(25), 36, Load.Shape.HOLD, true));
        return plan(new Load.Open(0, stages, Load.Arrivals.POISSON, 7, 200, Duration.ofSeconds(5)));
    }

    private static RunPlan plan(Load load) {
        return new RunPlan(
                "smoke",
                null,
                Map.of(),
                new RunPlan.Source(
                        "https://git.example.org/shop/load.git", "main", "9f2c0e6b1a7d4c53", "loadstar.json"),
                "sha256:" + "0".repeat(64),
                List.of(),
                new RunPlan.Target("http://127.0.0.1:8090", List.of("127.0.0.1")),
                List.of(new ScenarioPlan(
                        "browse",
                        "jmeter",
                        Duration.ZERO,
                        new ScenarioPlan.Script("shop.jmx", Map.of()),
                        load,
                        List.of())),
                new RunPlan.ExecutorsPlan(2, Duration.ofMinutes(1), Duration.ofMillis(250), RunPlan.OnLoss.CONTINUE),
                List.of(
                        new AssertionPlan(
                                "p95-1",
                                "p95 < 300ms",
                                AssertionPlan.Metric.LATENCY_SERVICE,
                                "p95",
                                AssertionPlan.Scope.ALL,
                                AssertionPlan.Op.LT,
                                300,
                                "/assertions/0"),
                        new AssertionPlan(
                                "errors-2",
                                "errors < 1%",
                                AssertionPlan.Metric.ERRORS,
                                "ratio",
                                AssertionPlan.Scope.ALL,
                                AssertionPlan.Op.LT,
                                0.01,
                                "/assertions/1")),
                new Validity(0.95, 0.9, Duration.ofMillis(250), 0.01, 1),
                Inputs.NONE,
                RunPlan.LoadLimits.NONE,
                List.of(),
                List.of(query("db-cpu", TargetQuery.Unit.PERCENT), query("queue", TargetQuery.Unit.COUNT)),
                null);
    }

    private static TargetQuery query(String id, TargetQuery.Unit unit) {
        return new TargetQuery(
                id, "staging", "main", "avg(rate(pg_cpu_seconds_total[1m]))", unit, Duration.ofSeconds(5));
    }
}
