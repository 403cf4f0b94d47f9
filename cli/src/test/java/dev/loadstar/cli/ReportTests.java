package dev.loadstar.cli;

import dev.loadstar.contract.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTests {

    private static final Paint PLAIN = new Paint(false);

    @Test
    void passedRunReadsAsOneBlock() {
        assertThat(report(Samples.run())).isEqualTo("""
                PASSED   2 of 2 assertions hold
                  ✓ p95 < 300 ms                          17.9 ms
                  ✓ errors < 1 %                          0.02 %

                  label      requests   req/s   errors    p50    p95    p99   max
                  home         30,617   1,021   0.00 %   8.19   17.0   30.0   121   ms
                  products     30,617   1,021   0.04 %   9.22   18.8   32.3   141   ms

                  12 × http.500  products  Internal Server Error

                  load delivered 100.00 % · start skew 0.40 ms · 61,234 samples produced, 61,234 stored
                  report  http://127.0.0.1:8080/projects/default/runs/42""");
    }

    @Test
    void brokenAssertionSaysByHowMuch() {
        var run = Samples.verdict("FAILED").put("reason", "1 of 2 assertions does not hold");
        ((ObjectNode) run.get("assertions").get(0))
                .put("text", "p95 of 'list 5s' <= 300ms in steady")
                .put("status", "FAILED")
                .put("value", 341.12);

        assertThat(report(run).lines())
                .startsWith(
                        "FAILED   1 of 2 assertions does not hold",
                        "  ✗ p95 of 'list 5s' <= 300 ms in steady   341 ms, +13.7 % over the limit",
                        "  ✓ errors < 1 %                           0.02 %");
    }

    @Test
    void openLoadShowsItsArrivalsAndBothLatencies() {
        var run = Samples.run();
        var summary = (ObjectNode) run.get("summary");
        summary.set(
                "arrivals", Json.mapper().readTree("{\"planned\": 900, \"begun\": 858, \"dropped\": 40, \"late\": 2}"));
        ((ObjectNode) run.get("labels").get(0))
                .set("intendedLatencyMs", Json.mapper().readTree("""
                        {"avg": 20, "min": 1, "p50": 12, "p90": 30, "p95": 44.5, "p99": 150, "p999": 150, "max": 150,
                         "stddev": 2, "measuredUpTo": 95.5}"""));
        ((ObjectNode) run.get("assertions").get(0))
                .put("text", "p99 < 300ms")
                .put("status", "FAILED")
                .put("value", 150)
                .put("detail", "it lies among arrivals that were dropped")
                .put("aboveMax", true);

        assertThat(report(run))
                .contains("✗ p99 < 300 ms                          > 150 ms, it lies among arrivals that were dropped")
                .contains("label      requests   req/s   errors    p50    p95    p99   max   intended p95     p99")
                .contains("home         30,617   1,021   0.00 %   8.19   17.0   30.0   121           44.5   > 150   ms")
                .contains("products     30,617   1,021   0.04 %   9.22   18.8   32.3   141              –       –   ms")
                .contains("load delivered 100.00 % · 858 of 900 arrivals begun, 40 dropped, 2 late · start skew");
    }

    @Test
    void invalidRunTellsTheVerdictThatItWouldHaveBeen() {
        var run = Samples.verdict("INVALID")
                .put("wouldBe", "PASSED")
                .put(
                        "reason",
                        "the load asked for did not arrive: 91.2 % of it, at least 95 % is needed\nexecutor 2 used 99 % of its CPU");

        assertThat(report(run).lines())
                .startsWith(
                        "INVALID  the load asked for did not arrive: 91.2 % of it, at least 95 % is needed",
                        "  executor 2 used 99 % of its CPU", "  Without that the verdict would have been PASSED.");
    }

    @Test
    void assertionWithoutSamplesSaysWhy() {
        var run = Samples.verdict("INVALID");
        ((ObjectNode) run.get("assertions").get(0))
                .put("status", "INVALID")
                .putNull("value")
                .put("detail", "there is no label 'pay'");

        assertThat(report(run)).contains("  ? p95 < 300 ms                          no data, there is no label 'pay'");
    }

    @Test
    void lostExecutorShowsTheEndOfItsLog() {
        var run = Samples.verdict("ERRORED").put("endReason", "EXECUTORS_LOST").putNull("reason");
        var executor =
                ((ObjectNode) run.get("executors").get(1)).put("status", "LOST").put("exitCode", 137);
        executor.putArray("logTail").add("java.lang.OutOfMemoryError");
        run.set("ledger", Json.mapper().readTree("{\"produced\":10,\"stored\":7,\"declaredLost\":1,\"unknown\":2}"));

        assertThat(report(run))
                .startsWith("ERRORED  executors lost")
                .contains("  executor 2 was lost, exit 137\n    java.lang.OutOfMemoryError")
                .contains("10 samples produced, 7 stored, 1 declared lost, 2 unknown");
    }

    @Test
    void runThatMeasuredNothingHasNoTable() {
        var run = Samples.verdict("ERRORED")
                .put("reason", "not ready")
                .putNull("summary")
                .putNull("ledger");
        run.putArray("labels");
        run.putArray("errors");
        run.putArray("executors");
        run.putArray("assertions");

        assertThat(report(run)).isEqualTo("""
                ERRORED  not ready

                  report  http://127.0.0.1:8080/projects/default/runs/42""");
    }

    @Test
    void refusalListsEveryProblemWithItsPlace() {
        var run = Samples.document(Samples.refused());

        assertThat(String.join("\n", RefusedText.of("checkout/loadstar.json", run.problems(), PLAIN)))
                .isEqualTo("""
                        refused  checkout/loadstar.json has 2 problems
                          /scenarios/0/load/holdFor   not known; did you mean a stage's "duration"?
                          /scenarios/1/script/file    jmeter/pay.jmx is not in the repository at 9f2c0e6; jmeter/payment.jmx is
                        Nothing was started.""");
    }

    @Test
    void colourIsOnlyUsedWhereItIsAllowed() {
        assertThat(new Paint(true).red("x")).isEqualTo("\u001b[1;31mx\u001b[0m");
        assertThat(PLAIN.red("x")).isEqualTo("x");
    }

    private static String report(ObjectNode run) {
        return String.join(
                "\n", Report.of(Samples.document(run), "http://127.0.0.1:8080/projects/default/runs/42", PLAIN));
    }
}
