package dev.loadstar.cli;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code validate} and {@code plan}. */
class CheckTests extends CommandLineTests {

    private static final String VALIDATE = "POST /api/v1/projects/default/validate";

    private static final String PLAN = """
            "valid": true, "warnings": ["hosts.csv is not read"], "plan": {"test": "smoke", "labels": {}, "files": [],
             "target": {"baseUrl": "http://127.0.0.1:8090", "allowHosts": []},
             "scenarios": [
               {"name": "browse", "tool": "jmeter", "startAfter": "PT0S", "data": ["users"], "options": [],
                "load": {"model": "closed", "startUsers": 0, "stages": [
                  {"name": "ramp", "duration": "PT10S", "users": 5, "shape": "RAMP", "measure": false},
                  {"name": "hold", "duration": "PT2M", "users": 5, "shape": "HOLD", "measure": true}]}},
               {"name": "pay", "tool": "jmeter", "startAfter": "PT1M", "data": [], "options": [],
                "load": {"model": "iterations", "users": 3, "iterations": 1000, "maxDuration": "PT1M", "gracefulStop": "PT30S"}}],
             "inputs": {"variables": {}, "secrets": [], "data": [{"name": "users", "columns": [], "rows": 500, "share": "ALL"}]},
             "executors": {"count": 5}, "assertions": []}
            """;

    private static final String EXECUTORS = """
            "executors": [
              {"executor": 1, "scenario": "browse", "tool": "jmeter", "rows": {"users": 500}, "stages": [
                {"name": "ramp", "durationMs": 10000, "users": 2}, {"name": "hold", "durationMs": 120000, "users": 2}]},
              {"executor": 2, "scenario": "browse", "tool": "jmeter", "rows": {"users": 500}, "stages": [
                {"name": "ramp", "durationMs": 10000, "users": 2}, {"name": "hold", "durationMs": 120000, "users": 2}]},
              {"executor": 3, "scenario": "browse", "tool": "jmeter", "rows": {"users": 500}, "stages": [
                {"name": "ramp", "durationMs": 10000, "users": 1}, {"name": "hold", "durationMs": 120000, "users": 1}]},
              {"executor": 4, "scenario": "pay", "tool": "jmeter", "iterations": 667, "stages": [
                {"name": "iterations", "durationMs": 60000, "users": 2}]},
              {"executor": 5, "scenario": "pay", "tool": "jmeter", "iterations": 333, "stages": [
                {"name": "iterations", "durationMs": 60000, "users": 1}]}]
            """;

    @Test
    void validTestIsDescribedInOneLine() {
        server.on(VALIDATE, 200, "{%s}".formatted(PLAN));

        assertThat(loadstar("validate", folder.toString())).isZero();

        assertThat(stdout()).isEqualTo("""
                valid    %s: 2 scenarios, 5 executors, 2:10 of load, 0 assertions
                  note   hosts.csv is not read
                """.formatted(folder.resolve("loadstar.json")));
    }

    @Test
    void planTellsWhatEachExecutorWouldDo() {
        server.on(VALIDATE, 200, "{%s, %s}".formatted(PLAN, EXECUTORS));

        assertThat(loadstar("plan", folder.toString())).isZero();

        assertThat(stdout().lines().skip(1)).containsExactly("""
                  note   hosts.csv is not read
                  target http://127.0.0.1:8090

                browse   jmeter
                  executor   ramp 10s   hold 2m   rows of users
                  1–2               2         2             500
                  3                 1         1             500
                  in all            5         5             500

                pay   jmeter, starts after 1m
                  executor   users   iterations
                  4              2          667
                  5              1          333
                  in all         3        1,000""".split("\n"));
    }

    @Test
    void planOfAnOpenLoadTellsRates() {
        String plan = PLAN.replaceFirst("(?s)\\{\"model\": \"closed\".*?]}}", """
                {"model": "open", "startRate": 0, "arrivals": "EVEN", "seed": 1, "maxUsers": 1000, "stages": [
                  {"name": "ramp", "duration": "PT10S", "rate": 10, "shape": "RAMP", "measure": false},
                  {"name": "hold", "duration": "PT2M", "rate": 10, "shape": "HOLD", "measure": true}]}}""");
        String executors = EXECUTORS.replaceAll("\"users\": [12]}", "\"rate\": 3.3333333333333335}");
        server.on(VALIDATE, 200, "{%s, %s}".formatted(plan, executors));

        assertThat(loadstar("plan", folder.toString())).isZero();

        assertThat(stdout()).contains("""
                browse   jmeter, arrivals evenly spaced, at most 1,000 users at once
                  executor   ramp 10s   hold 2m   rows of users
                  1–3           200/m     200/m             500
                  in all         10/s      10/s             500
                """);
    }

    @Test
    void stagesForWhichThereIsNoRoomComeBelow() {
        server.on(VALIDATE, 200, "{%s, %s}".formatted(PLAN, EXECUTORS));
        var narrow = new Look(false, true, false, false, new Look.Size(40, 24), StandardCharsets.UTF_8);

        new Commands(screen(narrow), environment).execute("plan", folder.toString());

        assertThat(stdout()).contains("""
                browse   jmeter
                  executor   ramp 10s
                  1–2               2
                  3                 1
                  in all            5
                  executor   hold 2m
                  1–2              2
                """);
    }

    @Test
    void planOfAnOlderServerSaysWhatIsMissing() {
        server.on(VALIDATE, 200, "{%s}".formatted(PLAN));

        assertThat(loadstar("plan", folder.toString())).isEqualTo(1);

        assertThat(stderr()).contains("the server is older than this command line");
    }

    @Test
    void invalidTestIsRefusedWithAllItsProblems() {
        server.on("POST /api/v1/projects/default/validate", 422, """
                {"title": "Refused", "code": "value-invalid", "kind": "USER", "problems": %s}""".formatted(Samples.problems()));

        assertThat(loadstar("validate", folder.toString())).isEqualTo(2);

        assertThat(stderr()).contains("has 2 problems");
    }
}
