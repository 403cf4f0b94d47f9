package dev.loadstar.executor.kit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Definitions of tests whose figures are read at the target: nothing of their own report matters. */
final class FidelityDefinition {

    private FidelityDefinition() {}

    static String of(FidelityRow.Bench bench, String load, int executors, String onLoss, String... paths) {
        return """
                {
                  "version": "loadstar/v1",
                  "name": "fidelity",
                  "target": {"baseUrl": "%s"},
                  "scenarios": [
                    {"name": "exact", "tool": "%s", "requests": [%s], "load": %s}
                  ],
                  "executors": {"count": %d, "onLoss": "%s"},
                  "validity": {"maxStartSkew": "10s", "maxGeneratorCpu": "100%%", "minLoadDelivered": "1%%"}
                }
                """.formatted(bench.target().url(), bench.tool(), requests(paths), load, executors, onLoss);
    }

    private static String requests(String... paths) {
        return Arrays.stream(paths).map(FidelityDefinition::request).collect(Collectors.joining(", "));
    }

    private static String request(String path) {
        String[] words = path.split(" ", 2);
        String weight = words.length == 1 ? "" : ", \"weight\": " + words[1];
        return "{\"name\": \"%1$s\", \"path\": \"%1$s\"%2$s}".formatted(words[0], weight);
    }
}
