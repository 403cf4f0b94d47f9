package dev.loadstar.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompareTests extends CommandLineTests {

    private static final String COMPARE = "GET " + RUNS + "/41/compare/42";

    private static final String ANSWER = """
            {"project": "default",
             "a": {"number": 41, "test": "smoke", "verdict": "PASSED", "submitted": "2026-11-20T09:00:00Z", "page": "/projects/default/runs/41"},
             "b": {"number": 42, "test": "smoke", "verdict": "FAILED", "submitted": "2026-11-20T10:00:00Z", "page": "/projects/default/runs/42"},
             "sentence": "1 of 3 figures is worse, 0 better; most of all: p95 of 'home' rose",
             "notes": ["they loaded two targets, a and b"], "comparable": [41],
             "rows": [
              {"kind": "request", "metric": "requests/s", "unit": "per-second", "a": 60.0, "b": 60.1, "change": 0.00167, "significance": "SAME", "sentence": ""},
              {"scenario": "browse", "label": "home", "kind": "request", "metric": "p95", "unit": "ms", "a": 17.919, "b": 21.5, "change": 0.2, "probability": 0.001, "significance": "WORSE", "sentence": ""},
              {"scenario": "browse", "label": "visit", "kind": "transaction", "metric": "errors", "unit": "ratio", "a": null, "b": 0.01, "significance": "UNKNOWN", "sentence": ""}]}
            """;

    @Test
    void everyFigureIsARowBelowOneSentence() {
        server.on(COMPARE, 200, ANSWER);

        assertThat(loadstar("compare", "41", "42")).isZero();

        assertThat(stdout().lines().map(String::strip))
                .containsExactly(
                        "#42 against #41: 1 of 3 figures is worse, 0 better; most of all: p95 of 'home' rose",
                        "note: they loaded two targets, a and b",
                        "",
                        "label                 figure           #41       #42    change",
                        "all requests          requests/s      60.0      60.1    +0.2 %",
                        "home                  p95          17.9 ms   21.5 ms   +20.0 %   worse",
                        "visit (transaction)   errors             –    1.00 %         –   cannot be told");
    }

    @Test
    void jsonAndMarkdownAreWhatTheServerWrote() {
        server.on(COMPARE, 200, ANSWER).on(COMPARE + "/summary.md", 200, "## smoke #42\n");

        assertThat(loadstar("compare", "default/41", "42", "--json")).isZero();
        assertThat(stdout().strip()).isEqualTo(ANSWER.strip());
        out.reset();
        assertThat(loadstar("compare", "41", "#42", "--markdown")).isZero();
        assertThat(stdout().strip()).isEqualTo("## smoke #42");
    }

    @Test
    void runsOfTwoProjectsCannotBeCompared() {
        assertThat(loadstar("compare", "41", "payments/42")).isEqualTo(CliError.REFUSED);
        assertThat(loadstar("compare", "41", "42", "--json", "--markdown")).isEqualTo(CliError.REFUSED);

        assertThat(server.calls()).isEmpty();
    }
}
